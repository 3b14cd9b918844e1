"""What words of a name tell of the movement, and of the equipment. Pure data; a line is read from left to right.

The first line of which every word stands in the name counts, so the particular stands above the general.
"""

# phrases | joints | pattern | main muscle | other muscles | loaded regions | equipment if not said | % of body mass
MOVEMENTS = """
jump shrug | com | olympic | full_body | quads shoulders traps | lower_back hip knee wrist shoulder | barbell
reverse hyperextension | iso | isolation | glutes | lower_back | lower_back hip | machine
australian pullup | com | horizontal_pull | upper_back | lats biceps | upper_back elbow | bodyweight | 60
good morning, romanian deadlift, stiff deadlift | com | hinge | hamstrings | glutes lower_back | lower_back hip
straight leg deadlift | com | hinge | hamstrings | glutes lower_back | lower_back hip
high pull | com | olympic | full_body | quads shoulders traps | lower_back hip knee wrist shoulder | barbell
sumo deadlift | com | hinge | glutes | hamstrings | hip
trap deadlift | com | hinge | quads | glutes hamstrings | lower_back hip knee | barbell
deadlift | com | hinge | lower_back | glutes hamstrings | lower_back hip | barbell
rack pull, block pull | com | hinge | lower_back | glutes traps | lower_back hip | barbell
hip thrust, pull through, swing | com | hinge | glutes | hamstrings | hip
glute ham | com | hinge | hamstrings | glutes lower_back | lower_back hip
nordic | iso | isolation | hamstrings |  | knee | bodyweight
hyperextension, back extension | iso | isolation | lower_back | glutes hamstrings | lower_back | bodyweight
jump | com | locomotion | quads | calves | knee ankle
push press | com | olympic | full_body | quads shoulders traps | lower_back hip knee wrist shoulder | barbell
clean, snatch | com | olympic | full_body | quads shoulders traps | lower_back hip knee wrist shoulder | barbell
jerk | com | olympic | full_body | quads shoulders traps | lower_back hip knee wrist shoulder | barbell
thruster | com | olympic | full_body | quads shoulders traps | lower_back hip knee wrist shoulder | barbell
burpee, sprint, running, treadmill | com | locomotion | quads | calves | knee ankle
bike | com | locomotion | quads | calves | knee | machine
rowing machine | com | locomotion | full_body | lats quads | lower_back knee | machine
get up, getup | com | other | full_body | shoulders abs | shoulder hip knee
farmer, carry | com | carry | forearms | traps abs | wrist ankle
calf | iso | isolation | calves |  | ankle foot
tibialis | iso | isolation | calves |  | ankle foot | bodyweight
wall sit, sissy squat | iso | isolation | quads |  | knee | bodyweight
split squat | com | lunge | quads | glutes | knee hip
lunge | com | lunge | quads | glutes hamstrings | knee hip
stepup | com | lunge | quads | glutes | knee hip
leg press | com | squat | quads | glutes hamstrings | knee | machine
squat | com | squat | quads | glutes | knee hip
hack | com | squat | quads | glutes | knee hip | machine
leg curl, hamstring curl | iso | isolation | hamstrings | calves |  | machine
leg extension, knee extension | iso | isolation | quads |  | knee | machine
abduction | iso | isolation | glutes |  | hip
abductor | iso | isolation | glutes |  | hip | machine
adduction | iso | isolation | adductors |  | groin hip
adductor | iso | isolation | adductors |  | groin hip | machine
glute kickback | iso | isolation | glutes | hamstrings | hip
kickback | iso | isolation | triceps |  | elbow
external rotation, internal rotation | iso | isolation | shoulders |  | shoulder
torso rotation | iso | core | abs |  | abdomen lower_back | machine
pallof | iso | core | abs |  | abdomen | cable
woodchop, wood chop | com | core | abs | shoulders | abdomen lower_back | cable
side bend | iso | core | abs |  | abdomen lower_back
ab wheel, rollout | com | core | abs | lats | abdomen lower_back | bodyweight
crunch, situp, plank, knee raise, leg raise, russian twist, oblique | iso | core | abs |  | abdomen | bodyweight
vup, hollow, dead bug | iso | core | abs |  | abdomen | bodyweight
sled | com | locomotion | quads | calves | knee ankle
upright row | com | vertical_pull | shoulders | traps biceps | shoulder elbow wrist
face pull | com | horizontal_pull | upper_back | shoulders | shoulder | cable
pullapart | iso | isolation | upper_back | shoulders | shoulder | band
glute bridge | iso | isolation | glutes | hamstrings | hip | bodyweight
shrug | iso | isolation | traps | forearms | neck upper_back
straight arm pulldown | iso | isolation | lats | triceps | shoulder | cable
pullover | iso | isolation | lats | chest triceps | shoulder
muscleup | com | vertical_pull | lats | chest triceps | shoulder elbow | bodyweight | 100
pullup, chinup | com | vertical_pull | lats | biceps | elbow | bodyweight | 100
pulldown | com | vertical_pull | lats | biceps | elbow | cable
inverted row | com | horizontal_pull | upper_back | lats biceps | upper_back elbow | bodyweight | 60
rear delt, reverse fly | iso | isolation | shoulders | upper_back | shoulder
lateral raise, side raise, front raise | iso | isolation | shoulders |  | shoulder
row | com | horizontal_pull | upper_back | lats biceps | upper_back elbow
fly | iso | isolation | chest | shoulders | shoulder chest
crossover | iso | isolation | chest | shoulders | shoulder chest | cable
pec deck, butterfly | iso | isolation | chest | shoulders | shoulder chest | machine
pushdown, pressdown | iso | isolation | triceps |  | elbow wrist | cable
skull crusher, skullcrusher, french press, tricep extension | iso | isolation | triceps |  | elbow wrist
tricep dip | com | vertical_push | triceps | chest shoulders | shoulder elbow | bodyweight | 100
dip | com | vertical_push | chest | triceps shoulders | shoulder chest elbow | bodyweight | 100
handstand | com | vertical_push | shoulders | triceps | shoulder elbow wrist neck | bodyweight | 100
pushup | com | horizontal_push | chest | triceps shoulders | shoulder chest elbow wrist | bodyweight | 64
close grip bench press | com | horizontal_push | triceps | chest shoulders | shoulder chest elbow wrist | barbell
bench press, chest press | com | horizontal_push | chest | triceps shoulders | shoulder chest elbow wrist
floor press | com | horizontal_push | triceps | chest | shoulder elbow wrist
incline press, decline press | com | horizontal_push | chest | triceps shoulders | shoulder chest elbow wrist
flat press | com | horizontal_push | chest | triceps shoulders | shoulder chest elbow wrist
overhead press, shoulder press | com | vertical_push | shoulders | triceps | shoulder elbow wrist
military press, arnold press, neck press | com | vertical_push | shoulders | triceps | shoulder elbow wrist
wrist curl | iso | isolation | forearms |  | wrist
reverse curl | iso | isolation | forearms | biceps | elbow wrist
curl | iso | isolation | biceps | forearms | elbow wrist
"""

# phrases | equipment
EQUIPMENT = """
smith | smith
assisted pullup, assisted chinup, assisted dip | bodyweight
barbell, ez bar, landmine, tbar, trap bar, hex bar, safety bar | barbell
dumbbell | dumbbell
kettlebell | kettlebell
goblet | dumbbell
band | band
machine | machine
cable, rope pushdown, rope curl, rope crunch | cable
bodyweight, ring, suspension, trx | bodyweight
plate, medicine, ball, sled push, sled pull, sled drag, sandbag | other
"""

# The load ends above the head.
ABOVE = "overhead, snatch, jerk, thruster, push press, handstand, military, waiter walk, get up, getup"

# It needs much coordination, besides all Olympic lifts; and with a barbell on the back, what steps.
INTRICATE = (
    "pistol, swing, get up, getup, jump, muscleup, ring dip, single leg deadlift, handstand, renegade, burpee, "
    "overhead squat, overhead carry, front squat, curtsy"
)

# A barbell above or on somebody who cannot get from under it, besides lying presses and squats.
UNDER_IT = (
    "skull crusher, skullcrusher, tricep extension, good morning, hip thrust, glute bridge, seated overhead press, "
    "seated military press"
)
