"""Days that resemble their neighbours, silences that come in runs, spans of days."""

import numpy as np

from lab.validation.truth import BoolArray, FloatArray


def drawn(rng: np.random.Generator, span: tuple[float, float], size: int | tuple[int, ...]) -> FloatArray:
    return np.asarray(rng.uniform(span[0], span[1], size), dtype=np.float64)


def alike(
    rng: np.random.Generator, shape: tuple[int, ...], phi: FloatArray, tails: float = 0.0
) -> FloatArray:
    """First-order autoregression of variance 1 along the first axis; `phi` broadcasts over the others."""
    x = rng.normal(size=shape)
    if tails:
        x *= np.sqrt((tails - 2) / rng.chisquare(tails, size=shape))
    for t in range(1, shape[0]):
        x[t] = phi * x[t - 1] + np.sqrt(1 - phi * phi) * x[t]
    return x


def silences(rng: np.random.Generator, share: FloatArray, ends: float) -> BoolArray:
    """[day, person]: silent on about `share` of the days, in runs that end with the chance `ends` a day."""
    out = np.zeros(share.shape, dtype=bool)
    now = rng.random(share.shape[1]) < share[0]
    for t in range(len(share)):
        luck = rng.random(share.shape[1])
        begins = np.clip(ends * share[t] / np.maximum(1 - share[t], 0.05), 0, 1)
        now = np.where(now, luck > ends, luck < begins)
        out[t] = now
    return out


def spells(
    rng: np.random.Generator, a_year: float, length: tuple[int, int], days: int, people: int
) -> BoolArray:
    """[day, person]: spans that come so often a year, of a length drawn evenly, both ends included."""
    out = np.zeros((days, people), dtype=bool)
    for person in range(people):
        for _ in range(rng.poisson(a_year * days / 365)):
            start = int(rng.integers(0, days))
            out[start : start + int(rng.integers(length[0], length[1] + 1)), person] = True
    return out
