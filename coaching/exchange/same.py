"""Sessions that hold the very sets that a bundle says: found by one look at both, and asked nothing further."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter

from coaching.exchange import kept
from coaching.exchange.spool import Row, Spool
from programs.models import SetLog

AT_ONCE = 3_000  # sets
# As the tables hold them, `kept.bare_sets`: id of the session first.
_SAID = """SELECT k.id, s.set_no, l.target, s.weight_kg, s.reps, s.rir, coalesce(s.ended, ''), coalesce(s.warm_up, 0),
    s.done_at, coalesce(s.source, ''), coalesce(s.note, '')
    FROM sets s JOIN stored_sessions k ON k.session_ref = s.session_ref LEFT JOIN lifts l ON l.name = s.exercise
    WHERE NOT k.gone ORDER BY k.id, s.set_no"""
# Sets that nothing further need be asked about.
SAME = "session_ref IN (SELECT session_ref FROM stored_sessions JOIN same USING (id))"
_session = itemgetter(0)


def forget(spool: Spool) -> None:
    spool.run("DROP TABLE IF EXISTS same")
    spool.run("CREATE TABLE same (id INTEGER PRIMARY KEY)")


def find(spool: Spool) -> None:
    """Fill same(id): sessions all of whose sets are said, each as it is. Where anything differs, rows are compared."""
    for said in _whole_sessions(spool.rows(_SAID)):
        ids = dict.fromkeys(map(_session, said))
        live = SetLog.objects.live().filter(session__in=ids).order_by("session_id", "set_no")
        here = list(kept.bare_sets(live))
        spool.many(
            "INSERT INTO same VALUES (?)", [(pk,) for pk in (ids if said == here else _same(said, here))]
        )


def _whole_sessions(sets: Iterator[Row]) -> Iterator[list[Row]]:
    some: list[Row] = []
    while more := list(islice(sets, AT_ONCE)):
        some += more
        last = next((n for n in range(len(some) - 1, 0, -1) if some[n][0] != some[n - 1][0]), 0)
        if last:
            yield some[:last]
            some = some[last:]
    if some:
        yield some


def _same(said: Iterable[Row], here: Iterable[Row]) -> Iterator[int]:
    live = {pk: list(sets) for pk, sets in groupby(here, key=_session)}
    return (pk for pk, sets in groupby(said, key=_session) if live.get(pk) == list(sets))
