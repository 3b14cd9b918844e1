"""The people of the article, as it tells them. Pure."""

from coaching.demo.kinds import FIRST_DAY, Ache, Effort, Hurt, Person, Spell
from coaching.demo.plans import FULL_BODY, MACHINES, ONE_HINGE, PUSH_PULL_LEGS, UPPER_LOWER

# "training to failure on every exercise, three times per week … couldn't understand why his lifts were stagnating"
JAMES = Person(
    ref="james", name="James Okafor", born=1984, trains_for=4.5, plan=FULL_BODY, level=0.95, hour=19,
    usual={"anticipation": 4.1, "energy": 3.5, "stress": 3.0},
    efforts=(
        Effort(since=FIRST_DAY, compounds=0.35, isolation=0.6, growth=0.3),
        Effort(since=-210, compounds=0.8, isolation=0.95, growth=0.0),
    ),
    spells=(
        Spell(first=-27, last=400, strength=8, anticipation=1.9, energy=0.7, mood=0.4, soreness=0.6, ramp=14),
    ),
    cycle=3, left_open=True,
)  # fmt: skip

# "Sarah's shoulder impingement"; with the 80/20 rule "her strength increased consistently"
SARAH = Person(
    ref="sarah", name="Sarah Lindqvist", born=1991, trains_for=5, plan=UPPER_LOWER, weekdays=(0, 1, 3, 4), level=0.66,
    hour=7, usual={"energy": 3.6, "anticipation": 4.0},
    efforts=(
        Effort(since=FIRST_DAY, compounds=0.45, isolation=0.75, growth=0.0),
        Effort(since=-217, last_isolation=0.7, growth=0.3),
    ),
    spells=(
        Spell(first=-240, last=-213, energy=1.5, mood=1.1, soreness=0.8, sleep_quality=0.8, strength=5, ramp=10),
    ),
    aches=(Ache(region="shoulder", first=-275, last=-231, often=0.3, severity=4),),
    hurts=(Hurt(region="shoulder", onset=-230, resolved=-150, severity="moderate", note="Impingement, right"),),
    scaled_back=-217, cycle=9,
)  # fmt: skip

# "a former rugby player … with chronic lower back pain … repeatedly lifting with terrible form as fatigue set in"
MARCUS = Person(
    ref="marcus", name="Marcus Bell", born=1988, trains_for=12, plan=ONE_HINGE, weekdays=(0, 1, 3, 5), level=1.25,
    hour=17, usual={"anticipation": 4.2, "energy": 3.6},
    efforts=(
        Effort(since=FIRST_DAY, compounds=0.02, isolation=0.1, form_breaks=0.45, growth=0.05),
        Effort(since=-168, last_isolation=0.6, form_breaks=0.04, growth=0.35),
    ),
    spells=(Spell(first=-185, last=-164, energy=0.8, mood=1.0, soreness=1.0, strength=4, ramp=10),),
    aches=(
        Ache(region="hip", first=-190, last=-162, often=0.3, severity=3),
        Ache(region="knee", first=-185, last=-162, often=0.25, severity=3),
    ),
    hurts=(Hurt(region="lower_back", onset=-330, resolved=-95, severity="moderate", note="Chronic since rugby"),),
    scaled_back=-168, cycle=5,
)  # fmt: skip

# "stuck in a cycle of intense training followed by forced rest days due to exhaustion"; then "isolation exercises and
# final sets only: she finally achieved consistent progress week after week"
CLAIRE = Person(
    ref="claire", name="Claire Dubois", born=1988, trains_for=3.5, plan=PUSH_PULL_LEGS, level=0.6, hour=17,
    usual={"energy": 3.4, "anticipation": 3.9},
    efforts=(
        Effort(since=FIRST_DAY, compounds=0.5, isolation=0.8, growth=0.0),
        Effort(since=-140, last_isolation=0.9, growth=0.35),
    ),
    spells=(
        Spell(first=-310, last=-285, energy=1.7, mood=1.2, sleep_quality=1.0, anticipation=1.2, strength=5),
        Spell(first=-235, last=-208, energy=1.7, mood=1.2, sleep_quality=0.8, anticipation=1.2, strength=5),
        Spell(first=-158, last=-136, energy=1.8, mood=1.3, sleep_quality=1.0, anticipation=1.5, strength=6),
    ),
    away=((-284, -278), (-207, -201)),
    scaled_back=-140, cycle=2,
)  # fmt: skip

# "grinding through workouts for months, barely making progress and feeling constantly exhausted"
NADIA = Person(
    ref="nadia", name="Nadia Haddad", born=1996, trains_for=0.8, plan=MACHINES, weekdays=(0, 1, 3, 4), level=0.5,
    hour=18, first=-20, answers=0.95,
    usual={"energy": 1.6, "mood": 1.8, "sleep_quality": 2.3, "anticipation": 2.2, "stress": 2.2, "sleep_hours": 6.1},
    efforts=(Effort(since=FIRST_DAY, compounds=1.0, isolation=1.0, growth=0.0),),
    left_open=True,
)  # fmt: skip

ARTICLE = (JAMES, SARAH, MARCUS, CLAIRE, NADIA)
