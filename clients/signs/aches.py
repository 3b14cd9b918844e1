"""Increased minor aches and pains.

An ache lasts days, so the burden a day says little; what is counted is events: a region that begins to hurt, or
hurts clearly more than last time. The usual rate is a gamma distribution, so the number expected in a window is
negative binomial, and people without aches need no special case.
"""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from clients.body import Region
from clients.signs.grid import Grid, rolling
from clients.signs.kinds import Aches, BoolArray, FloatArray, Histories, IntArray
from clients.signs.silence import NEVER

MINOR = (
    6.0  # severity up to which an ache is minor; a worse one counts as this until it is recorded as an injury
)
REGIONS = list(Region)
BEFORE, AFTER = 3, 14  # days around an injury during which its region's aches are explained
FORTNIGHT = 14
FORGOTTEN = 3  # check-ins without the region make it new again
WORSE = 2.0
LASTS = 3  # days after which an ache is still told
MOST_EVENTS = 2  # a day
MOST_BURDEN = 10.0


@dataclass(frozen=True, kw_only=True)
class AcheDays:
    """Per day and person; and the minor aches row by row, sorted by (person, day), for the sentence."""

    checked: FloatArray  # 1 on check-in days
    seen: FloatArray  # days that a check-in tells of: its own, and those before it that told nothing
    events: FloatArray  # less those that an injury of this day explains
    burden: FloatArray  # severities of minor aches, summed, less what an injury of this day explains
    same: FloatArray  # check-ins of the last fortnight with the same ache, the one that comes most often
    person: IntArray
    day: IntArray  # from 0
    region: IntArray
    severity: FloatArray
    event: BoolArray
    explained: IntArray  # the day from which an injury explains it


def ache_days(histories: Histories, grid: Grid) -> AcheDays:
    checkins, rows = histories.checkins, histories.aches
    checked = np.nan_to_num(grid.fill(checkins.person, checkins.day, np.ones(len(checkins.day))))
    day = grid.day(rows.day)
    explained = _explained(histories, grid)[rows.region, day, rows.person]
    minor = (rows.severity >= 1) & (explained > day) & (checked[day, rows.person] > 0)
    event = minor & _begins(rows, day, np.cumsum(checked, axis=0)[day, rows.person])
    later = minor & (explained < grid.days)  # counts until the injury is known, and is taken back then

    def total(value: FloatArray, most: float) -> FloatArray:
        told = np.minimum(grid.sum(rows.person, rows.day, value), most)
        stays = np.minimum(grid.sum(rows.person, rows.day, np.where(later, 0.0, value)), most)
        rows_later = np.flatnonzero(later)
        back = rows_later[np.unique(rows.person[later] * grid.days + day[later], return_index=True)[1]]
        lost = (told - stays)[day[back], rows.person[back]]
        return told - grid.sum(rows.person[back], explained[back] + grid.first_day, lost)

    return AcheDays(
        checked=checked,
        seen=_seen(checked),
        events=total(event.astype(float), MOST_EVENTS),
        burden=total(np.where(minor, np.minimum(rows.severity, MINOR), 0.0), MOST_BURDEN),
        same=_same(rows.person[minor], rows.day[minor], rows.region[minor], explained[minor], grid),
        person=rows.person[minor],
        day=day[minor],
        region=rows.region[minor],
        severity=rows.severity[minor],
        event=event[minor],
        explained=explained[minor],
    )


def _seen(checked: FloatArray) -> FloatArray:
    """An ache lasts days: one that began in a silence is told at its end, if the silence is short."""
    out, silent = np.zeros_like(checked), np.zeros(checked.shape[1])
    for t in range(len(checked)):
        out[t] = checked[t] * (1 + np.minimum(silent, LASTS))
        silent = np.where(checked[t] > 0, 0.0, silent + 1)
    return out


def _same(person: IntArray, day: IntArray, region: IntArray, explained: IntArray, grid: Grid) -> FloatArray:
    most = np.zeros((grid.days, grid.people))
    later = explained < grid.days
    for one in np.unique(region):
        here = region == one
        back = here & later
        days = grid.sum(person[here], day[here], np.ones(int(here.sum())))
        days -= grid.sum(person[back], explained[back] + grid.first_day, np.ones(int(back.sum())))
        most = np.maximum(most, rolling(days, FORTNIGHT))
    return most


def _begins(rows: Aches, day: IntArray, nth: FloatArray) -> BoolArray:
    """`nth`: the row's check-in is the person's so-manieth. On a first check-in nothing is known to be new."""
    order = np.lexsort((day, rows.region, rows.person))
    person, region, count, severity = (a[order] for a in (rows.person, rows.region, nth, rows.severity))
    new = count > 1
    same = (person[1:] == person[:-1]) & (region[1:] == region[:-1])
    again = (count[1:] - count[:-1] > FORGOTTEN) | (severity[1:] >= severity[:-1] + WORSE)
    new[1:] = np.where(same, again & (count[1:] > count[:-1]), new[1:])
    out = np.zeros(len(new), dtype=bool)
    out[order] = new
    return out


def _explained(histories: Histories, grid: Grid) -> IntArray:
    """[region, day, person]: the day from which an injury of the region explains an ache; far off if none does."""
    out = np.full((len(REGIONS), grid.days, grid.people), NEVER)
    for person, who in enumerate(histories.people):
        for region, onset, resolved in who.injuries:
            if region in REGIONS:
                on = onset - grid.first_day
                end = grid.days if resolved is None else resolved - grid.first_day + AFTER + 1
                days = slice(max(0, on - BEFORE), max(0, end))
                which = REGIONS.index(Region(region)), days, person
                out[which] = np.minimum(out[which], max(on, 0))
    return out


def chance(k: FloatArray, a: FloatArray, b: FloatArray, m: FloatArray) -> FloatArray:
    """Of `k` events or more on `m` days at a rate known as gamma(a, b): a p-value, never quite 0, never quite 1."""
    q = b / (b + m)
    term = q**a
    below = np.zeros_like(k)
    for j in range(int(k.max()) if len(k) else 0):
        below += np.where(j < k, term, 0.0)
        term = term * (a + j) / (j + 1) * (1 - q)
    return (1 - below).clip(1e-12, 1 - 1e-12)


def deviations(chance: FloatArray) -> FloatArray:
    return np.array([-QUANTILE(p) for p in chance.tolist()], dtype=float)


QUANTILE = NormalDist().inv_cdf
