"""Three families of people. Parameters of the detectors may be chosen on the first, never on the other two.

They differ in kind and not in size only: how days hang together, what answers do to a feeling, how an episode
begins and ends, who answers when. Sources: PMData (Thambawita 2020; 16 people, 1,747 reports) for means, spreads,
lag-1 correlation and coverage; Halperin 2022 for how reserves are misjudged; Grgic 2020 for how tested strength
repeats; the rest are conventions, and knobs for that reason.
"""

from dataclasses import dataclass

Span = tuple[float, float]

ITEMS = ("sleep_hours", "sleep_quality", "energy", "mood", "stress", "soreness", "anticipation")


@dataclass(frozen=True, kw_only=True)
class Family:
    """Spans are drawn from evenly, once a person unless said otherwise."""

    name: str
    seed: int
    # answers
    usual: tuple[float, ...] = (7.0, 3.4, 3.4, 3.5, 3.3, 3.3, 3.7)  # of ITEMS
    people_differ: float = 0.4
    spread: tuple[float, ...] = (0.95, 0.68, 0.63, 0.58, 0.64, 0.55, 0.65)  # from day to day
    spread_differs: float = 0.25  # of its logarithm
    alike: Span = (0.1, 0.45)  # lag-1 correlation of days
    shared: Span = (0.2, 0.45)  # correlation of a day's answers
    tails: float = 0.0  # degrees of freedom of a day's noise; 0: normal
    drift: float = 0.2  # standard deviations a year, as a random walk
    wave: float = 0.0  # standard deviations of a slow wave of 3 to 7 weeks
    weekday: float = 0.1  # standard deviations of a weekday
    ceiling: float = 0.1  # share of people whose usual is a step higher
    lazy: float = 0.03  # of people always answer 3
    careless: float = 0.05  # of answers are anything
    steps: Span = (1.0, 1.0)  # how wide an answer's words are taken
    # who answers when
    coverage: Span = (0.6, 0.9)
    burst: float = 0.45  # chance a day that a silence ends
    unwell_silence: float = 1.3  # times as many missing days in an episode
    fading: float = 0.0  # share of the answers that is lost over a year
    partial: float = 0.03  # of check-ins lack an answer
    # training
    sessions: tuple[int, int] = (2, 5)
    attendance: Span = (0.8, 0.97)
    form: Span = (0.8, 1.6)  # % of strength, from day to day
    lift_noise: Span = (1.0, 2.2)  # % of one lift and day
    form_alike: Span = (0.0, 0.3)
    growth: Span = (0.0, 0.3)  # % a week, halved every half year
    rir_bias: Span = (-0.8, 0.5)  # repetitions
    rir_noise: Span = (0.4, 1.0)
    habit_of_2: float = 0.15  # of people always say 2
    unrated: Span = (0.0, 0.4)
    slips: float = 0.002  # of lifts and days in the wrong unit
    block_days: tuple[int, int] = (42, 85)
    swapped: float = 0.25  # of lifts, at the end of a block
    deload_every: tuple[int, int] = (35, 70)
    deloads: float = 0.7  # of people
    undeclared: float = 0.3
    failure: Span = (0.02, 0.3)
    loss: float = 0.1  # of people lose 6 % of their weight over three months
    # life
    aches: float = 0.05  # new ones a day, people differing as a gamma of shape 1.5
    ache_days: float = 3.0
    injuries: float = 0.3  # a year
    holidays: float = 1.5
    colds: float = 1.5
    travels: float = 2.0
    # episodes
    occasions: float = 3.5  # a year
    joint: float = 0.5
    days: tuple[int, int] = (7, 42)
    effect: Span = (0.5, 2.5)  # personal standard deviations of each question
    ramps: float = 0.4
    recovery: int = 4  # days on which it ebbs away
    ache_rate: float = 0.11  # more new aches a day for one standard deviation


FIRST = Family(name="first", seed=101)

SECOND = Family(
    name="second", seed=202,
    usual=(6.8, 3.1, 3.0, 3.4, 3.1, 3.0, 3.9), people_differ=0.5, spread=(1.1, 0.7, 0.6, 0.5, 0.65, 0.5, 0.6),
    alike=(0.0, 0.3), shared=(0.1, 0.35), tails=4.0, drift=0.1, weekday=0.25, ceiling=0.25, lazy=0.05,
    steps=(0.75, 1.25), coverage=(0.55, 0.95), burst=0.3, unwell_silence=1.8, partial=0.08,
    sessions=(2, 4), attendance=(0.7, 0.95), form=(0.6, 1.4), lift_noise=(1.2, 2.6), growth=(0.05, 0.45),
    rir_bias=(-1.2, 0.2), rir_noise=(0.5, 1.2), habit_of_2=0.25, unrated=(0.1, 0.6), swapped=0.4,
    undeclared=0.5, aches=0.035, ache_days=5.0, injuries=0.5, colds=2.5,
    joint=0.65, effect=(0.8, 2.5), days=(10, 42), ramps=0.6, recovery=8,
)  # fmt: skip

THIRD = Family(
    name="third", seed=303,
    usual=(7.3, 3.6, 3.6, 3.7, 3.5, 3.5, 4.0), people_differ=0.35, spread=(0.8, 0.6, 0.7, 0.65, 0.7, 0.6, 0.8),
    alike=(0.1, 0.35), shared=(0.3, 0.5), drift=0.15, wave=0.25, weekday=0.15, ceiling=0.2, lazy=0.02,
    careless=0.08, coverage=(0.65, 0.95), burst=0.6, unwell_silence=1.0, fading=0.15,
    sessions=(3, 5), attendance=(0.85, 1.0), form=(1.0, 2.0), lift_noise=(0.8, 1.8), form_alike=(0.1, 0.4),
    growth=(-0.05, 0.25), rir_noise=(0.3, 0.8), unrated=(0.0, 0.2), block_days=(28, 60), swapped=0.15,
    deload_every=(24, 45), deloads=0.9, aches=0.07, ache_days=2.0, holidays=2.5, travels=4.0,
    joint=0.4, effect=(0.6, 2.2), days=(7, 35), ramps=0.3, recovery=0,
)  # fmt: skip

FAMILIES = (FIRST, SECOND, THIRD)
