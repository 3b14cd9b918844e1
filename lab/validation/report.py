"""`docs/validation.md` and its pictures, written from what was measured."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np

from clients.signs.judged import ACT_MORE, WATCH
from lab.validation import pictures
from lab.validation.practices import PRACTICES
from lab.validation.scoring import SIGNS, Result
from lab.validation.study import ALLOWED, BINS, HALF, UNNAMED, Study, at, false_at
from lab.validation.truth import BoolArray

DRAWS = 400
STRICT = 2.4  # standard errors, of the judge in SCIENCE 3.7
HEAD = """# Validation: what the five signs find, and what they call wrong

Written by `{command}`; nothing here is typed by hand. Simulated people, {people} a family over {days} days, go
through the detectors that the scan runs (`clients.signs.fold.look`); the truth is kept apart. Parameters may be chosen
on the family *first* only; *second* and *third* differ in kind (tails, how words are used, who falls silent, slow
waves, how episodes begin and end) and were never used for that. All knobs and sources: `lab/validation/families.py`.

**Found**: a flag of the sign opened in [start, end + 7 days], or up to 3 days before the start and still open.
**False**: a flag outside every episode of its sign (*strict*); outside every episode of the client (*clean*).
Client-days count from day 42 with at least 5 check-ins in 14 days. **Delay**: from the start to the opening, of what
was found. Effects are personal standard deviations of each question, 0.5 to 2.5; episodes last 7 to 42 days.

**The judge** knows each person's true usual, the start and the end of every episode, and how the person's days hang
together. He is the ceiling: a scan has to look everywhere, he looks where something is. His threshold is the one at
which {allowed} of the idle spans of a client-year would be called wrong; beside it stands what he finds at {strict}
standard errors. Brackets are 90 % intervals from {draws} draws of clients. A practice whose alarms name no sign is held
against ours with the sign left out: any alarm then finds every episode of its days, and is wrong outside all.

Episodes as simulated are a belief about people, not data: the shares hold for these families, the comparisons between
methods as far as the families resemble your clients. No public data set has labelled episodes beside sets and
check-ins."""
METHODS = ("ours", "judge", *(practice.name for practice in PRACTICES))
EFFECTS = ((0.5, 1.0), (1.0, 1.5), (1.5, 2.0), (2.0, 2.6))
LENGTHS = ((7, 13), (14, 20), (21, 27), (28, 42))
CLEAR_EFFECT, CLEAR_DAYS, CLEAR_COVERAGE = 1.5, 14, 0.75


def write(studies: Sequence[Study], folder: Path, *, command: str) -> str:
    images = folder / "images" / "validation"
    images.mkdir(parents=True, exist_ok=True)
    parts = [_head(studies, command), _summary(studies), _targets(studies)]
    for one in studies:
        parts.append(_family(one, images))
    text = "\n\n".join(parts) + "\n"
    (folder / "validation.md").write_text(text)
    return text


def _head(studies: Sequence[Study], command: str) -> str:
    size = studies[0].cohort
    return HEAD.format(
        command=command, people=size.people, days=size.days, allowed=ALLOWED, draws=DRAWS, strict=STRICT,
    )  # fmt: skip


def _summary(studies: Sequence[Study]) -> str:
    head = (
        f"## In all\n\nAt {ALLOWED} false alarms a client-year (thresholds moved together), and the practices' false "
        "alarms where they find as many as ours.\n\n"
    )
    rows = []
    for one in studies:
        ours, judge = at(one.frontier("ours"), ALLOWED), one.judge_finds()
        level = ours or one.ours[0.0].share()
        strict = one.judge_finds(threshold=STRICT)
        cells = [
            one.cohort.family.name, _share(ours), f"{_share(judge)}; {_share(level / judge)}",
            f"{_share(strict)}; {_share(level / strict)}",
        ]  # fmt: skip
        for practice in PRACTICES:
            points = one.frontier(practice.name)
            own = ours if practice.names_sign else at(one.frontier(UNNAMED), ALLOWED)
            cells.append(f"{_share(at(points, ALLOWED))}; {_times(false_at(points, own or level))}")
        rows.append(cells)
    return head + _table(
        [
            "family",
            "ours",
            "judge; ours ÷ judge",
            f"judge at {STRICT}; ours ÷ judge",
            *(f"{practice.name}: found; false alarms as × of ours" for practice in PRACTICES),
        ],
        rows,
    )


def _targets(studies: Sequence[Study]) -> str:
    rows: list[list[str]] = []
    for one in studies:
        r, none = one.ours[0.0], one.nobody[0.0]
        clear, ramp = clear_ones(r), np.array([e.ramp for e in r.episodes], dtype=bool)
        rows.append(
            [
                one.cohort.family.name,
                _with_interval(r, lambda x: x.share()),
                _with_interval(r, lambda x: x.false_a_year()),
                f"{r.false_a_year(clean=True):.2f}",
                f"{r.share(clear):.2f} of {int(clear.sum())} (judge {one.judge_finds(clear):.2f})",
                f"{r.median_delay():.0f}; {r.median_delay(ramp):.0f}",
                _with_interval(r, lambda x: x.act_precision()),
                f"{none.false_a_year():.2f}; {none.act.sum() / none.years.sum():.2f}",
            ]
        )
    return (
        "## At the thresholds as they run\n\n"
        "Clear episodes have at least 1.5 standard deviations, 14 days, and 75 % of the days observed. *Nobody ill* is "
        "the same people without their episodes, all routes included: the scans, the backstops, aches that will not "
        "go.\n\n"
        + _table(
            [
                "family", "found", "false, strict", "false, clean", "clear ones found",
                "median delay: all; ramps (days)",
                "`act` inside an episode", "nobody ill: `watch`; `act` a year",
            ],
            rows,
        )
    )  # fmt: skip


def _family(one: Study, images: Path) -> str:
    name = one.cohort.family.name
    curves = {method: one.frontier(method) for method in METHODS}
    files = [_save(images, f"{name}-all.svg", pictures.frontier(f"{name}: all signs", curves, at=ALLOWED))]
    for sign in SIGNS:
        each = {m: one.frontier(m, sign) for m in METHODS if m != "acute:chronic ratio"}
        words = f"{name}: {sign.value.replace('_', ' ')}"
        picture = pictures.frontier(words, each, at=ALLOWED / len(SIGNS))
        files.append(_save(images, f"{name}-{sign.value}.svg", picture))
    scores = pictures.calibration(f"{name}: calibration", one.calibration, BINS, [s.value for s in SIGNS])
    files.append(_save(images, f"{name}-calibration.svg", scores))
    shown = "\n".join(f"![{file.removesuffix('.svg')}](images/validation/{file})" for file in files)
    return "\n\n".join(
        [
            f"## Family {name}", _by_sign(one), _by_difficulty(one), _practices(one), _half(one), _sensitivity(one),
            _calibrated(one), shown,
        ]
    )  # fmt: skip


def _by_sign(one: Study) -> str:
    r, none = one.ours[0.0], one.nobody[0.0]
    rows = []
    for sign in SIGNS:
        which = r.of_sign(sign)
        rows.append(
            [
                f"`{sign.value}`", str(int(which.sum())), _share(r.share(which)), _share(one.judge_finds(which)),
                f"{r.false_a_year(sign):.2f}", f"{r.false_a_year(sign, clean=True):.2f}",
                f"{none.false_a_year(sign):.2f}",
                f"{r.median_delay(which):.0f}", f"{WATCH[sign]:g}; {WATCH[sign] + ACT_MORE:g}",
            ]
        )  # fmt: skip
    head = [
        "sign", "episodes", "found", "judge", "false, strict", "clean", "nobody ill", "median delay",
        "`watch`; `act` at",
    ]  # fmt: skip
    return _table(head, rows)


def _by_difficulty(one: Study) -> str:
    r = one.ours[0.0]
    length = np.array([e.end - e.start + 1 for e in r.episodes])
    effect = np.array([e.effect for e in r.episodes])
    rows = []
    for a, b in LENGTHS:
        cells = [f"{a}–{b} days"]
        for low, high in EFFECTS:
            which = (length >= a) & (length <= b) & (effect >= low) & (effect < high)
            judged = f"{r.share(which):.2f} ({one.judge_finds(which):.2f}, {int(which.sum())})"
            cells.append(judged if which.any() else "–")
        rows.append(cells)
    head = ["found (judge, episodes)", *(f"{low:g}–{min(high, 2.5):.1f} SD" for low, high in EFFECTS)]
    return _table(head, rows)


def _practices(one: Study) -> str:
    rows = []
    for practice in PRACTICES:
        r = one.practices[practice.name][practice.usual]
        rows.append(
            [
                f"{practice.name} at {practice.usual:g}", _share(r.share()), f"{r.false_a_year():.1f}",
                f"{r.false_a_year(clean=True):.1f}", f"{r.median_delay():.0f}",
            ]
        )  # fmt: skip
    head = ["practice at its usual threshold", "found", "false, strict", "clean", "median delay"]
    return _table(head, rows)


def _half(one: Study) -> str:
    r = one.half
    return (
        f"**Check-ins on {HALF:.0%} of days** (other people of the family): found {r.share():.2f} "
        f"(judge {one.half_judged:.2f}), false {r.false_a_year():.2f} strict, {r.false_a_year(clean=True):.2f} clean, "
        f"median delay {r.median_delay():.0f} days."
    )


def _sensitivity(one: Study) -> str:
    words = {1.0: "calm", 0.0: "normal", -1.0: "alert"}
    rows = []
    for step, word in words.items():
        r, none = one.ours[step], one.nobody[step]
        rows.append(
            [
                word, f"{r.share():.2f}", f"{r.false_a_year():.2f}", f"{r.false_a_year(clean=True):.2f}",
                f"{none.false_a_year():.2f}", f"{r.act_precision():.2f}", f"{r.median_delay():.0f}",
            ]
        )  # fmt: skip
    head = ["sensitivity", "found", "false, strict", "clean", "nobody ill", "`act` inside", "median delay"]
    return _table(head, rows)


def _calibrated(one: Study) -> str:
    c = one.calibration
    days, inside, some = c.days.sum(axis=0), c.inside.sum(axis=0), c.inside_any.sum(axis=0)
    rows = []
    for b, low in enumerate(BINS):
        high = f"–{BINS[b + 1]:g}" if b + 1 < len(BINS) else " and more"
        n = max(days[b], 1.0)
        rows.append([f"{low:g}{high}", f"{int(days[b])}", f"{inside[b] / n:.2f}", f"{some[b] / n:.2f}"])
    return "Score and truth, all signs together:\n\n" + _table(
        ["score of a sign's day", "days", "in an episode of the sign", "in an episode of any sign"], rows
    )


def clear_ones(r: Result) -> BoolArray:
    return np.array(
        [
            e.effect >= CLEAR_EFFECT and e.end - e.start + 1 >= CLEAR_DAYS and e.coverage >= CLEAR_COVERAGE
            for e in r.episodes
        ],
        dtype=bool,
    )


def _with_interval(r: Result, of: Callable[[Result], float]) -> str:
    low, high = np.percentile([of(draw) for draw in draws(r)], [5, 95])
    return f"{of(r):.2f} ({low:.2f}–{high:.2f})"


def draws(r: Result) -> Iterable[Result]:
    """Clients drawn again with replacement, with everything that is theirs."""
    rng = np.random.default_rng(7)
    person = np.array([e.person for e in r.episodes], dtype=np.int64)
    episodes = np.array(r.episodes, dtype=object)
    of_episode = [np.flatnonzero(person == p) for p in range(len(r.years))]
    of_alarm = [np.flatnonzero(r.alarm_person == p) for p in range(len(r.years))]
    for _ in range(DRAWS):
        who = rng.integers(0, len(r.years), len(r.years))
        e = np.concatenate([of_episode[p] for p in who]).astype(np.int64)
        a = np.concatenate([of_alarm[p] for p in who]).astype(np.int64)
        yield Result(
            episodes=tuple(episodes[e]), delay=r.delay[e], alarm_person=r.alarm_person[a],
            alarm_sign=r.alarm_sign[a], strict=r.strict[a], clean=r.clean[a], act=r.act[a],
            act_inside=r.act_inside[a], years=r.years[who],
        )  # fmt: skip


def _save(folder: Path, name: str, svg: str) -> str:
    (folder / name).write_text(svg)
    return name


def _share(x: float | None) -> str:
    return "–" if x is None else f"{x:.2f}"


def _times(false: float | None) -> str:
    return "never" if false is None else f"{false / ALLOWED:.0f} ×"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
