"""Sleep quality declining. The article says quality: hours alone reach `watch` at most."""

from clients.signs.backstop import Backstop, backstop
from clients.signs.items import Items
from clients.signs.series import Kind

WEIGHTS = {"sleep_quality": 1.0, "sleep_hours": 0.5}
KIND = Kind(s0=0.8)
LEAST_HOURS = 6.0  # a fortnight's mean
BACK = 6.5
SURELY = 2.33  # one-sided 99 %: nights differ by an hour, and chance is no warning
QUALITY = 0.3  # standard deviations: below, the quality has not declined


def short_nights(items: Items) -> Backstop:
    return backstop([items.values["sleep_hours"]], lowest=LEAST_HOURS, back=BACK, strict=True, surely=SURELY)
