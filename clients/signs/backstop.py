"""A floor that holds whatever a person's usual is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clients.signs.grid import rolling
from clients.signs.kinds import BoolArray, FloatArray

DAYS = 14
ENOUGH, ENOUGH_BACK = 8, 5  # answers in the fortnight
ALIKE = 1.4  # neighbouring nights are


@dataclass(frozen=True, kw_only=True)
class Backstop:
    """[day, person]"""

    low: BoolArray
    back: BoolArray  # clearly above again
    mean: FloatArray


def backstop(
    answers: Sequence[FloatArray], *, lowest: float, back: float, strict: bool, surely: float = 0.0
) -> Backstop:
    """The fortnight's mean of the day's mean answer. `strict`: below the lowest, else at it too.

    `surely`: by so many standard errors, for answers that vary much from day to day.
    """
    known = np.stack([np.isfinite(x) for x in answers]).sum(axis=0)
    day = np.stack([np.nan_to_num(x) for x in answers]).sum(axis=0) / np.maximum(known, 1)
    n = rolling((known > 0).astype(float), DAYS)
    mean = rolling(day, DAYS) / np.maximum(n, 1)
    spread = np.sqrt(np.maximum(rolling(day * day, DAYS) / np.maximum(n, 1) - mean * mean, 0.0))
    mean_at_most = mean + surely * spread / np.sqrt(np.maximum(n, 1) / ALIKE)
    below = mean_at_most < lowest - EXACT if strict else mean_at_most <= lowest + EXACT
    return Backstop(
        low=below & (n >= ENOUGH),
        back=(mean >= back) & (n >= ENOUGH_BACK),
        mean=np.where(n > 0, mean, np.nan),
    )


EXACT = 1e-9  # sums of halves and thirds
