"""An export's file, read whole: kind from the header, then that app's reader. Pure."""

from dataclasses import dataclass
from os import SEEK_END

from coaching.exchange.apps.fitnotes import read_fitnotes
from coaching.exchange.apps.forms import app_of, check_once, foreign_strong
from coaching.exchange.apps.hevy import read_hevy
from coaching.exchange.apps.kinds import App, Options, Read
from coaching.exchange.apps.sheet import Stream, opened
from coaching.exchange.apps.strong import read_strong
from coaching.exchange.problems import Broken, Problems
from coaching.exchange.records import count_lines

READERS = {App.STRONG: read_strong, App.HEVY: read_hevy, App.FITNOTES: read_fitnotes}
MOST_BYTES = 50_000_000
MOST_EXERCISES = 2_000
MOST_LINES = 500_000  # ten years of anybody's training are a tenth of it


class OneFile(Problems):
    """Every problem is of the one file, whichever part of the way finds it."""

    def add(self, file: str, line: int, column: str, why: object) -> None:
        super().add(self.files[0], line, column, why)


@dataclass(frozen=True, kw_only=True)
class Reading:
    read: Read | None  # none where the file cannot be read to its end
    problems: OneFile
    asks: str = ""  # what a person could say to make it readable: `strong`, `dates`


def read_export(stream: Stream, name: str, options: Options) -> Reading:
    problems, asks = OneFile(files=(name,), columns={}), ""
    try:
        with stream() as lines:
            size = lines.seek(0, SEEK_END)
            lines.seek(0)
            if size > MOST_BYTES or count_lines(lines, name) > MOST_LINES:
                raise Broken(name, f"more than {MOST_BYTES // 1_000_000} MB or {MOST_LINES:,} lines")
        with stream() as text:
            sheet = opened(text, name)
            problems.columns[name] = sheet.written
            asks = "strong" if foreign_strong(sheet) and not options.app else ""
            app = app_of(sheet, options.app)
            check_once(sheet)
            asks = "dates" if app is App.FITNOTES and not options.dates else asks
            read = READERS[app](sheet, options, problems)
            if len(read.exercises) > MOST_EXERCISES:
                why = f"{len(read.exercises):,} different exercises: nobody does more than {MOST_EXERCISES:,}"
                raise Broken(name, why, line=sheet.line, column="exercise")
    except Broken as broken:
        problems.add(broken.file, broken.line, broken.column, broken.why)
        return Reading(read=None, problems=problems, asks=asks if _asked(asks, broken) else "")
    except OSError as error:
        problems.add(name, 1, "file", f"cannot be read ({error.strerror or error}): choose it again")
        return Reading(read=None, problems=problems)
    if not read.rows and not problems.count:
        problems.add(name, sheet.line, "header", "there is a header, but no row below it")
    return Reading(read=read, problems=problems)


def _asked(asks: str, broken: Broken) -> bool:
    return asks == "strong" or (asks == "dates" and "day/month" in broken.why)
