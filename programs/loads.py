"""Weights at the edge: integer grams inside, kilograms or pounds where a person types and reads. Pure."""

from decimal import ROUND_HALF_UP, Decimal

from programs.policy.kinds import Equipment

GRAMS = {"kg": Decimal(1000), "lb": Decimal("453.59237")}
STEP = {"kg": Decimal("2.5"), "lb": Decimal(5)}  # two plates of the smallest pair
HAND_STEP = {"kg": Decimal(2), "lb": Decimal(5)}  # dumbbells and kettlebells come in these
IN_THE_HAND = frozenset({Equipment.DUMBBELL, Equipment.KETTLEBELL})
LIGHTER = Decimal("0.075")  # after a form break the next set goes 5–10 % down
FAR_ABOVE = 2  # times the usual: a lost decimal mark is ten times, pounds taken for kilograms 2.2
BAR = {"kg": Decimal(20), "lb": Decimal(45)}
PLATES = {"kg": ("25", "20", "15", "10", "5", "2.5", "1.25"), "lb": ("45", "35", "25", "10", "5", "2.5")}


def grams(value: Decimal, units: str) -> int:
    return int((value * GRAMS[units]).to_integral_value(ROUND_HALF_UP))


def value(weight_g: int, units: str) -> Decimal:
    """As it was typed: two decimals outlive the way to grams and back in both units."""
    return (Decimal(weight_g) / GRAMS[units]).quantize(Decimal("0.01"), ROUND_HALF_UP)


def shown(weight_g: int | None, units: str) -> str:
    """`26`, `57.5`; nothing where it is unknown."""
    return "" if weight_g is None else f"{value(weight_g, units).normalize():f}"


def step(equipment: str, units: str) -> Decimal:
    return (HAND_STEP if equipment in IN_THE_HAND else STEP)[units]


def lighter(weight_g: int, *, equipment: str, units: str) -> int:
    """The load after a form break: 7.5 % down, in whole steps, at least one, never past zero."""
    now, one = value(weight_g, units), step(equipment, units)
    if now <= 0:  # no load to take off; help goes up by a step, nothing at all stays nothing
        return grams(now - one, units) if now < 0 else weight_g
    steps = max(Decimal(1), (now * LIGHTER / one).to_integral_value(ROUND_HALF_UP))
    return grams(max(now - steps * one, Decimal(0)), units)


def far_above(weight_g: int, usual_g: int | None) -> bool:
    """Whether a load looks like a slip of the thumb, beside what this person usually moves there."""
    return bool(usual_g and usual_g > 0 and weight_g > FAR_ABOVE * usual_g)


def a_side(weight: Decimal, units: str) -> str:
    """The plates on each end of the bar: `20 + 10 + 2.5`; nothing where no plates make it."""
    rest, on = (weight - BAR[units]) / 2, []
    for plate in PLATES[units]:
        while rest >= Decimal(plate):
            on.append(plate)
            rest -= Decimal(plate)
    return "" if rest else " + ".join(on)
