"""What each row of a bundle would do: make something, change something, or nothing. All of it in the spool."""

from coaching.exchange.layout import CHECKINS, CLIENTS, INJURIES, PHASES, SESSIONS, SETS, File
from coaching.exchange.spool import Spool

HEALTH = (CHECKINS, INJURIES)
COMPARED = (CLIENTS, SESSIONS, SETS, *HEALTH, PHASES)


def compare(spool: Spool, *, zone: str) -> None:
    """planned_*(line, id, state, …): the values after the import; what the bundle leaves open stays as it was.

    `zone` is that of a new client of whom nothing else is said.
    """
    _put_on_clocks(spool, zone)
    for file in COMPARED:
        if file is SETS:
            _visits(spool)
        _plan(spool, file)


def counts(spool: Spool, file: File) -> dict[str, int]:
    found = {"created": 0, "updated": 0, "unchanged": 0}
    for state, count in spool.rows(f"SELECT state, count(*) FROM planned_{file.table} GROUP BY state"):
        found["unchanged" if state == "left" else state] += count
    return found


def left(spool: Spool) -> int:
    """Rows about the health of people who took their agreement back."""
    tables = " UNION ALL ".join(f"SELECT state FROM planned_{file.table}" for file in HEALTH)
    return int(spool.one(f"SELECT count(*) FROM ({tables}) WHERE state = 'left'"))


def _plan(spool: Spool, file: File) -> None:
    keys = " AND ".join(f's."{key}" = k."{key}"' for key in file.key)
    differs = " OR ".join(
        f'(s."{name}" IS NOT NULL AND s."{name}" IS NOT k."{name}")' for name in file.values
    )
    values = ", ".join(
        [*(f's."{key}"' for key in file.key), *(f'coalesce(s."{n}", k."{n}") AS "{n}"' for n in file.values)]
    )
    spool.run(
        f"""CREATE TABLE planned_{file.table} AS SELECT s.line, k.id,
            CASE WHEN k.gone OR {_closed(file)} THEN 'unchanged'
                 WHEN k.id IS NOT NULL AND NOT ({differs}) THEN 'unchanged'
                 WHEN {_refused(file)} THEN 'left'
                 WHEN k.id IS NULL THEN 'created' ELSE 'updated' END AS state,
            {values}
        FROM {_source(file)} s {_beside(file)} LEFT JOIN stored_{file.table} k ON {keys}"""
    )


def _put_on_clocks(spool: Spool, zone: str) -> None:
    spool.run("DROP TABLE IF EXISTS clocked_sessions")
    rest = ", ".join(f"s.{name}" for name in SESSIONS.names if name != "started_at")
    spool.run(
        f"""CREATE TABLE clocked_sessions AS SELECT s.line, {rest},
            on_a_clock(s.started_at, k.started_at, coalesce(c.timezone, kc.timezone, ?)) AS started_at
        FROM sessions s LEFT JOIN stored_sessions k ON k.session_ref = s.session_ref
        LEFT JOIN clients c ON c.client_ref = coalesce(s.client_ref, k.client_ref)
        LEFT JOIN stored_clients kc ON kc.client_ref = coalesce(s.client_ref, k.client_ref)""",
        [zone],
    )


def _source(file: File) -> str:
    """Sets name their exercise; from here on it is known by what the name leads to."""
    if file is SESSIONS:
        return "clocked_sessions"
    if file is not SETS:
        return file.table
    rest = ", ".join(f"sets.{name}" for name in SETS.names if name != "exercise")
    return f"(SELECT sets.line, {rest}, lifts.target AS exercise FROM sets LEFT JOIN lifts ON lifts.name = exercise)"


def _beside(file: File) -> str:
    if file is SETS:
        return "LEFT JOIN visits v ON v.ref = s.session_ref"
    return "LEFT JOIN people p ON p.ref = s.client_ref" if file in HEALTH else ""


def _closed(file: File) -> str:
    """A session that was deleted takes its sets with it: a late bundle does not raise the dead."""
    return "v.gone" if file is SETS else "0"


def _refused(file: File) -> str:
    return "p.keeps = 0" if file in HEALTH else "0"


def _visits(spool: Spool) -> None:
    """Every session that a set may belong to, new or stored, in the order in which they will be written."""
    spool.run("DROP TABLE IF EXISTS visits")
    spool.run(
        "CREATE TABLE visits (ref TEXT PRIMARY KEY, id INTEGER, gone INTEGER, client_ref TEXT, started_at TEXT)"
    )
    spool.run("INSERT INTO visits SELECT session_ref, id, gone, client_ref, started_at FROM stored_sessions")
    spool.run(
        """INSERT INTO visits SELECT session_ref, id, 0, client_ref, started_at FROM planned_sessions
           WHERE true ON CONFLICT (ref) DO UPDATE SET started_at = excluded.started_at WHERE NOT gone"""
    )
