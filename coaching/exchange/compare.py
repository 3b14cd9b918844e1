"""What each row of a bundle would do: make something, change something, or nothing. All of it in the spool."""

from coaching.exchange.layout import CHECKINS, CLIENTS, INJURIES, PHASES, SESSIONS, SETS, File
from coaching.exchange.layout_more import ACTIONS, FLAGS, ME, MORE, NOTES
from coaching.exchange.lifts import PLACED
from coaching.exchange.same import SAME
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
    for file in MORE:
        if file.table in spool.present:
            _known_colleagues(spool, file)
            _plan(spool, file)


def strangers(spool: Spool) -> list[str]:
    """Colleagues of whom the practice here knows nothing: what they did is written as the coach's own."""
    found = {
        row[0]
        for file in MORE
        if file.table in spool.present
        for column in _colleagues(file)
        for row in spool.rows(f'SELECT DISTINCT "{column}" FROM {file.table}_by_strangers')
        if row[0] is not None
    }
    return sorted(found)


def counts(spool: Spool, file: File) -> dict[str, int]:
    found = {"created": 0, "updated": 0, "unchanged": 0}
    for state, count in spool.rows(f"SELECT state, count(*) FROM planned_{file.table} GROUP BY state"):
        found["unchanged" if state == "left" else state] += count
    if file is SETS:
        found["unchanged"] += int(spool.one(f"SELECT count(*) FROM sets WHERE {SAME}"))
    return found


def left(spool: Spool) -> int:
    """Rows about the health of people who took their agreement back."""
    tables = " UNION ALL ".join(f"SELECT state FROM planned_{file.table}" for file in HEALTH)
    return int(spool.one(f"SELECT count(*) FROM ({tables}) WHERE state = 'left'"))


def left_to_the_scan(spool: Spool) -> int:
    tables = [file.table for file in (FLAGS, ACTIONS, NOTES) if file.table in spool.present]
    count = "SELECT count(*) FROM planned_{} WHERE state = 'left'"
    return sum(int(spool.one(count.format(table))) for table in tables)


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
    if file not in PLACED:
        return file.table
    rest = ", ".join(f"f.{name}" for name in file.names if name != "exercise")
    same = f"WHERE NOT f.{SAME}" if file is SETS else ""
    return f"""(SELECT f.line, {rest}, lifts.target AS exercise
        FROM {file.table} f LEFT JOIN lifts ON lifts.name = f.exercise {same})"""


def _beside(file: File) -> str:
    if file is SETS:
        return "LEFT JOIN visits v ON v.ref = s.session_ref"
    return "LEFT JOIN people p ON p.ref = s.client_ref" if "p." in _refused(file) else ""


def _closed(file: File) -> str:
    """A session that was deleted takes its sets with it: a late bundle does not raise the dead."""
    return "v.gone" if file is SETS else "0"


def _refused(file: File) -> str:
    """What is not this bundle's to say: the row is left as it is here, or out."""
    if file in HEALTH:
        return "p.keeps = 0"
    return _LEFT.get(file.table, "0")


_NO_FLAG = (
    """(s.client_ref, s.sign, s.opened_on) NOT IN (SELECT client_ref, sign, opened_on FROM stored_flags)"""
)
_LEFT = {
    # The flags of a client whom a scan here has judged are that scan's to say, and answers to other ones go with them.
    "flags": "coalesce(p.scanned, 0)",
    "actions": f"coalesce(p.scanned, 0) AND s.sign IS NOT NULL AND {_NO_FLAG}",
    "notes": f"coalesce(p.scanned, 0) AND s.sign IS NOT NULL AND {_NO_FLAG}",
    # Who was asked here said so here.
    "consents": "coalesce(p.asked, 0) AND k.id IS NULL",
    # What lives here is not deleted by a bundle.
    "deleted_sessions": "k.id IS NULL AND s.session_ref IN (SELECT ref FROM visits)",
    "exercise_details": "k.id IS NOT NULL AND (k.merged_into IS NOT NULL OR s.merged_into IS NOT NULL)",
    "imports": "k.id IS NOT NULL",
    "imported_sessions": "k.id IS NOT NULL",
}


def _known_colleagues(spool: Spool, file: File) -> None:
    columns = _colleagues(file)
    if not columns:
        return
    listed = ", ".join(f'"{column}"' for column in columns)
    spool.run(
        f"CREATE TABLE IF NOT EXISTS {file.table}_by_strangers AS SELECT {listed} FROM {file.table} WHERE 0"
    )
    for column in columns:
        strange = f""""{column}" != '{ME}' AND "{column}" NOT IN (SELECT email FROM colleagues)"""
        spool.run(
            f"""INSERT INTO {file.table}_by_strangers ("{column}")
                SELECT DISTINCT "{column}" FROM {file.table} WHERE {strange}"""
        )
        spool.run(f"""UPDATE {file.table} SET "{column}" = '{ME}' WHERE {strange}""")


def _colleagues(file: File) -> list[str]:
    return [name for name in file.names if name == "by" or name.endswith("_by")]


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
