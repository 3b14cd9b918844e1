"""Gathers the rows of an export into sessions and sets, whatever the app calls them. Pure."""

from collections.abc import Hashable
from datetime import datetime
from decimal import Decimal

from coaching.exchange.apps.kinds import App, AppSession, AppSet, Hint, Left, Read
from coaching.exchange.cells import Wrong

MOST_REPS = 100


class Building:
    def __init__(self, app: App, form: str) -> None:
        self.read = Read(app=app, form=form)
        self._sessions: dict[Hashable, AppSession] = {}
        self._refs: dict[str, int] = {}
        self._waiting: dict[tuple[str, str], list[str]] = {}  # notes of an exercise that has no set yet
        self._told: set[tuple[str, str, str]] = set()
        self._names: dict[str, str] = {}

    def session(self, key: Hashable, *, line: int, start: datetime, ref: str, name: str) -> AppSession:
        """The session of a key, its name for the import made of its start: a second one at that start is `#2`."""
        if (known := self._sessions.get(key)) is not None:
            return known
        count = self._refs[ref] = self._refs.get(ref, 0) + 1
        made = AppSession(
            line=line,
            start=start,
            ref=ref if count == 1 else f"{ref}#{count}",
            name=" ".join(name.split())[:200],
        )
        self._sessions[key] = made
        return made

    def length(self, session: AppSession, written: bool, minutes: Decimal | None) -> None:
        """Of a session's first row that tells one; one that nobody can have trained is dropped."""
        if session.minutes is None and written and minutes is None and not session.dropped:
            self.read.durations_dropped += 1
            session.dropped = True
        session.minutes = session.minutes if session.minutes is not None else minutes

    def say(self, session: AppSession, text: str) -> None:
        """A session's note, once, on however many rows it stands."""
        if (said := tidy_note(text)) and said not in session.notes:
            session.notes.append(said)

    def note(self, session: AppSession, exercise: str, text: str, one: AppSet | None) -> None:
        """A note stands at its set; one that stands on another row, at the exercise's first set."""
        said = tidy_note(text)
        key = (session.ref, exercise.casefold())
        if one is not None:
            one.notes += tuple(self._waiting.pop(key, ()))
        if not said or (*key, said) in self._told:
            return
        self._told.add((*key, said))
        at = one or next((s for s in session.sets if s.exercise.casefold() == key[1]), None)
        if at is not None:
            at.notes += (said,)
        else:
            self._waiting.setdefault(key, []).append(said)

    def add(self, session: AppSession, one: AppSet) -> AppSet:
        self.read.rated_failures += one.failed and one.rir is not None and one.rir > 0
        if one.reps > MOST_REPS:
            self.read.reps_unknown += 1
            one.notes += (f"{one.reps} reps as written",)
        one.exercise = self._names.setdefault(one.exercise.casefold(), one.exercise)
        hint = self.read.exercises.setdefault(one.exercise, Hint(line=one.line))
        hint.sets += 1
        hint.helped = hint.helped or (one.weight_kg is not None and one.weight_kg < 0)
        session.sets.append(one)
        return one

    def leave(self, reason: Left, session: AppSession | None = None) -> None:
        self.read.left[reason] += 1
        if session is not None and reason is Left.TIMED:
            session.timed = True

    def unknown_mark(self, mark: str, reps: int | None) -> None:
        """A word that no version of the app is known to write: nothing is guessed about a set."""
        if reps:
            raise Wrong(f"“{mark[:40]}” is no kind of set that is known")
        self.read.marks[mark[:40]] += 1
        self.leave(Left.UNKNOWN_MARK)

    def done(self) -> Read:
        """Sessions in which something was done, in the file's order."""
        self.read.sessions = [one for one in self._sessions.values() if one.sets or one.timed]
        return self.read


def tidy_note(text: str) -> str:
    return text.replace("\\n", "\n").replace("\r\n", "\n").strip()


def reason_for_none(seconds: Decimal | int | None, distance: Decimal | None) -> Left:
    """Of a row without reps: time or distance is cardio or a hold."""
    return Left.TIMED if seconds or distance else Left.EMPTY
