"""What a coach's answer looks like as it arrives: numbers and days that may be anything at all."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.dateparse import parse_date

from clients.problems import Refused


@dataclass(frozen=True, kw_only=True)
class Sent:
    kind: str
    days: str
    until: str
    text: str
    whole: bool

    @classmethod
    def of(cls, post: QueryDict) -> "Sent":
        return cls(
            kind=post.get("kind", "")[:20],
            days=post.get("days", "").strip()[:20],
            until=post.get("until", "").strip()[:20],
            text=post.get("text", ""),
            whole=post.get("whole") == "1",
        )

    def days_given(self) -> int | None:
        if not self.days:
            return None
        digits = self.days.removeprefix("-")
        if not (digits.isascii() and digits.isdigit()):
            raise Refused("days", "Give the days as a whole number, like 14.")
        return int(self.days)

    def until_given(self) -> date | None:
        if not self.until:
            return None
        try:
            day = parse_date(self.until)
        except ValueError:
            day = None
        if day is None:
            raise Refused("until", "Give the last day as a date, like 2026-06-28.")
        return day
