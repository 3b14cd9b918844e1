"""Sessions that hold the very sets that a bundle says: found by one look at both, and asked nothing further."""

from itertools import groupby, islice
from operator import itemgetter

from coaching.exchange import kept
from coaching.exchange.spool import Row, Spool
from programs.models import SetLog

AT_ONCE = 200
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
    said = groupby(spool.rows(_SAID), key=_session)
    while some := {pk: list(sets) for pk, sets in islice(said, AT_ONCE)}:
        live = SetLog.objects.live().filter(session__in=some).order_by("session_id", "set_no")
        here: dict[int, list[Row]] = {
            pk: list(sets) for pk, sets in groupby(kept.bare_sets(live), key=_session)
        }
        spool.many(
            "INSERT INTO same VALUES (?)", [(pk,) for pk, sets in some.items() if here.get(pk) == sets]
        )
