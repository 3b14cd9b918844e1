"""Years that came from another app are looked back upon, not warned of: their flags would come too late to help."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from clients.days import local_day
from clients.signs.kinds import Episode, Sign
from coaching.exchange.apps.kinds import App
from coaching.histories import Chunk
from programs.models import SetLog

TOO_OLD_DAYS = 14  # evidence that had ended by then when it was imported
LOOKS_BACK_DAYS = 28


def without_old_history(episodes: Iterable[Episode], chunk: Chunk) -> list[Episode]:
    """Strength episodes go that rest on imported sets alone, which had ended when they came in.

    By the facts alone, so that a scan today and a full one later say the same: it is the first import that counts,
    and a set logged while such an episode still runs brings it up.
    """
    cut = {
        pk: local_day(known.imported_at, ZoneInfo(known.timezone)).toordinal() - TOO_OLD_DAYS
        for pk, known in chunk.clients.items()
        if known.imported_at is not None
    }
    return [one for one in episodes if not (one.key in cut and _is_old(one, cut[one.key], chunk))]


def _is_old(episode: Episode, cut: int, chunk: Chunk) -> bool:
    if episode.sign is not Sign.STRENGTH_DECLINE or episode.opened > cut:
        return False
    end = episode.closed if episode.closed is not None else cut + 100_000
    people, training = chunk.histories.people, chunk.histories.training
    at = next(n for n, person in enumerate(people) if person.key == episode.key)
    days = training.day[training.person == at]
    if ((days > cut) & (days <= end)).any():
        return False
    first = episode.opened - LOOKS_BACK_DAYS
    sets = SetLog.objects.live().filter(client=episode.key, session__deleted_at=None)
    span = date.fromordinal(first), date.fromordinal(min(end, cut))
    return not sets.filter(day__range=span).exclude(source__in=[*App]).exists()
