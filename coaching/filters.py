"""What the coach asked the board to show. It lives in the address; a value nobody knows asks for nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from clients.digits import whole
from programs.policy.kinds import PhaseKind

Kind = TypeVar("Kind", bound=StrEnum)
LONGEST_SEARCH = 100
LAST_PAGE = 1000


class Group(StrEnum):
    NEEDS = "needs"
    WATCH = "watch"
    FINE = "fine"
    QUIET = "quiet"


GROUP_WORDS = {
    Group.NEEDS: "Needs me",
    Group.WATCH: "Watch",
    Group.FINE: "Fine",
    Group.QUIET: "Quiet",
}


class Sort(StrEnum):
    WORST = "worst"
    NAME = "name"
    LOGGED = "logged"


SORT_WORDS = {Sort.WORST: "worst first", Sort.NAME: "name", Sort.LOGGED: "longest silent first"}


@dataclass(frozen=True, kw_only=True)
class Filters:
    group: Group | None = None
    phase: PhaseKind | None = None
    coach: int | None = None
    q: str = ""
    sort: Sort = Sort.WORST
    page: int = 1
    upto: bool = False  # all pages up to this one, as a board that refreshes itself shows them

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filters":
        return cls(
            group=_member(Group, given.get("group")),
            phase=_member(PhaseKind, given.get("phase")),
            coach=_whole(given.get("coach"), 2**31) or None,
            q=" ".join(given.get("q", "").replace("\x00", "").split())[:LONGEST_SEARCH],
            sort=_member(Sort, given.get("sort")) or Sort.WORST,
            page=max(_whole(given.get("page"), LAST_PAGE), 1),
            upto=given.get("upto") == "1",
        )

    def address(self, **changes: object) -> str:
        """The query string of this board with some of it changed; defaults are left out."""
        asked = replace(self, **{"page": 1, "upto": False, **changes})  # type: ignore[arg-type]
        pairs = {
            "group": asked.group,
            "phase": asked.phase,
            "coach": asked.coach,
            "q": asked.q,
            "sort": asked.sort if asked.sort != Sort.WORST else None,
            "page": asked.page if asked.page > 1 else None,
            "upto": 1 if asked.upto else None,
        }
        return "?" + urlencode({key: str(value) for key, value in pairs.items() if value})


def _member(kind: type[Kind], value: str | None) -> Kind | None:
    return next((member for member in kind if member.value == value), None)


def _whole(value: str | None, most: int) -> int:
    """A whole number from 0 to `most`; anything else is 0."""
    return min(whole(value, digits=10) or 0, most)
