"""Which app wrote a file, and what its forms call their columns: the header alone decides. Pure."""

from collections.abc import Mapping

from coaching.exchange.apps.kinds import TITLES, App
from coaching.exchange.apps.sheet import Sheet, header_said
from coaching.exchange.apps.times import iso_local
from coaching.exchange.cells import Wrong
from coaching.exchange.problems import Broken

# Column → what it is called; a name with its unit tells the unit.
STRONG: Mapping[str, tuple[str, ...]] = {
    "date": ("date",),
    "number": ("workout #",),
    "workout": ("workout name", "nom de l'entrainement"),
    "duration": ("duration", "workout duration", "duration (sec)", "duree"),
    "exercise": ("exercise name", "nom de l'exercice"),
    "order": ("set order", "ordre de la serie"),
    "weight": ("weight", "poids", "kg", "lb", "lbs", "weight (kg)", "weight (kgs)", "weight (lb)", "weight (lbs)"),
    "unit": ("weight unit",),
    "reps": ("reps",),
    "rpe": ("rpe",),
    "distance": ("distance", "km", "mi", "miles", "distance (meters)", "distance (metres)", "distance (m)",
                 "distance (km)", "distance (mi)", "distance (miles)"),
    "distance_unit": ("distance unit",),
    "seconds": ("seconds", "secondes"),
    "note": ("notes",),
    "session_note": ("workout notes", "notes d'entrainement"),
}  # fmt: skip
# Of the form with twelve columns, by place: in whatever language the phone was.
STRONG_BY_PLACE = (
    "date", "workout", "duration", "exercise", "order", "weight", "reps", "distance", "seconds", "note",
    "session_note", "rpe",
)  # fmt: skip
HEVY: Mapping[str, tuple[str, ...]] = {
    "workout": ("title",),
    "date": ("start_time",),
    "ended": ("end_time",),
    "session_note": ("description",),
    "exercise": ("exercise_title",),
    "superset": ("superset_id",),
    "note": ("exercise_notes",),
    "index": ("set_index",),
    "order": ("set_type",),
    "weight": ("weight_kg", "weight_lbs", "weight_lb"),
    "reps": ("reps",),
    "distance": ("distance_km", "distance_miles", "distance_meters"),
    "seconds": ("duration_seconds",),
    "rpe": ("rpe",),
}
FITNOTES: Mapping[str, tuple[str, ...]] = {
    "date": ("date",),
    "exercise": ("exercise",),
    "category": ("category",),
    "weight": ("weight (kgs)", "weight (kg)", "weight (lbs)", "weight (lb)", "weight"),
    "unit": ("weight unit",),
    "reps": ("reps",),
    "distance": ("distance",),
    "distance_unit": ("distance unit",),
    "seconds": ("time",),
    "note": ("comment", "notes"),
    "kind": ("kind",),
}
FITNOTES_TIMED: Mapping[str, tuple[str, ...]] = {
    "workout": ("name",),
    "date": ("starttime",),
    "ended": ("endtime",),
    "body": ("bodyweight",),
    "exercise": ("exercise",),
    "equipment": ("equipment",),
    "reps": ("reps",),
    "weight": ("weight",),
    "seconds": ("time",),
    "distance": ("distance",),
    "order": ("status",),
    "warm_up": ("iswarmup",),
    "rpe": ("rpe",),
    "rir": ("rir",),
    "category": ("categories",),
    "note": ("note",),
}
NEEDED = ("date", "exercise", "reps", "weight")
_UNITS = {"kg": "kg", "kgs": "kg", "lb": "lb", "lbs": "lb"}


def app_of(sheet: Sheet, said: str = "") -> App:
    """The app whose header this is; what a person said only counts where the header does not."""
    names = set(sheet.header)
    if {"exercise_title", "set_index"} <= names:
        return App.HEVY
    if names & set(STRONG["order"]) and names & set(STRONG["exercise"]):
        return App.STRONG
    if {"starttime", "iswarmup", "status"} <= names:
        return App.FITNOTES
    if {"exercise", "category"} <= names and names & set(FITNOTES["weight"]):
        return App.FITNOTES
    if said == App.STRONG and foreign_strong(sheet):
        return App.STRONG
    raise Broken(sheet.name, _strange(sheet, said), line=sheet.line, column="header")


def foreign_strong(sheet: Sheet) -> bool:
    """Twelve columns, none of them known: perhaps Strong on a phone in another language."""
    known = {name for names in STRONG.values() for name in names}
    if len(sheet.header) != len(STRONG_BY_PLACE) or len(known & set(sheet.header)) > FOREIGN_KNOWN:
        return False
    try:
        return bool(sheet.first and iso_local(sheet.first[0]))
    except Wrong:
        return False


FOREIGN_KNOWN = 5  # `Date`, `Reps`, `Distance`, `Notes` and `RPE` are the same word in many languages


def columns(sheet: Sheet, called: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Where each column stands. Of two weights the kilograms."""
    found = {}
    for column, names in called.items():
        name = next((name for name in names if name in sheet.header), None)
        if name is not None:
            found[column] = sheet.header.index(name)
    for column in NEEDED:
        if column not in found:
            why = f"the column “{called[column][0]}” is missing"
            raise Broken(
                sheet.name, f"{why} from {header_said(sheet.written)}", line=sheet.line, column="header"
            )
    return found


def unit_of(name: str) -> str:
    """`kg` or `lb` where the name of a column says so."""
    word = name.replace("weight", "").strip(" _()")
    return _UNITS.get(word, "")


def check_once(sheet: Sheet) -> None:
    for name in sheet.header:
        if name and sheet.header.count(name) > 1:
            raise Broken(
                sheet.name,
                "the column stands twice in the header",
                line=sheet.line,
                column=sheet.shown(name)[:60],
            )


def _strange(sheet: Sheet, said: str) -> str:
    shown = header_said(sheet.written)
    if foreign_strong(sheet):
        return f"the header {shown} is not known: is it Strong in another language? Then say so"
    apps = ", ".join(TITLES.values())
    told = f"; it does not read as one of {TITLES[App(said)]}" if said else ""
    return f"the header {shown} is of none of the apps that are read here ({apps}){told}"
