"""Before against after, with how sure one may be; and many such contrasts as one (SCIENCE 7). Pure."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean, variance

Z90 = 1.645
VIF_CHECKINS = 1.6  # days are not independent: a mean of answers varies more than its count says
VIF_SESSIONS = 1.3
LEAST_EFFECTS = 5  # fewer clients than this are not summed up


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """A change of a mean and its 90 % interval."""

    before: float
    after: float
    n_before: int
    n_after: int
    se: float

    @property
    def change(self) -> float:
        return self.after - self.before

    @property
    def low(self) -> float:
        return self.change - Z90 * self.se

    @property
    def high(self) -> float:
        return self.change + Z90 * self.se


def contrast(
    before: Sequence[float], after: Sequence[float], *, vif: float, least: int, least_sd: float
) -> Contrast | None:
    """None where either side has too few values. `least_sd` is what rounding alone makes: nobody is that steady."""
    if len(before) < least or len(after) < least:
        return None
    squares = variance(before) * (len(before) - 1) + variance(after) * (len(after) - 1)
    sd = max(math.sqrt(squares / (len(before) + len(after) - 2)), least_sd)
    return Contrast(
        before=fmean(before), after=fmean(after), n_before=len(before), n_after=len(after),
        se=sd * math.sqrt(vif / len(before) + vif / len(after)),
    )  # fmt: skip


def share_contrast(before: tuple[float, float], after: tuple[float, float], *, vif: float) -> Contrast | None:
    """Two shares, each as (failure sets, rated sets)."""
    (f_b, r_b), (f_a, r_a) = before, after
    if min(r_b, r_a) <= 0:
        return None
    # One failure and one other set more on each side: no share of a few sets is certain.
    p_b, p_a = (f_b + 1) / (r_b + 2), (f_a + 1) / (r_a + 2)
    se = math.sqrt(vif * (p_b * (1 - p_b) / r_b + p_a * (1 - p_a) / r_a))
    return Contrast(before=f_b / r_b, after=f_a / r_a, n_before=int(r_b), n_after=int(r_a), se=se)


@dataclass(frozen=True, kw_only=True)
class Pooled:
    """The mean change over clients, its 90 % interval, and how much clients differ."""

    k: int
    mean: float
    low: float
    high: float
    tau2: float


def pooled(effects: Sequence[tuple[float, float]]) -> Pooled | None:
    """DerSimonian and Laird's random effects over (change, se), one a client; None below five."""
    if len(effects) < LEAST_EFFECTS:
        return None
    k = len(effects)
    weights = [1 / se**2 for _, se in effects]
    total = sum(weights)
    fixed = sum(w * change for w, (change, _) in zip(weights, effects, strict=True)) / total
    q = sum(w * (change - fixed) ** 2 for w, (change, _) in zip(weights, effects, strict=True))
    tau2 = max(0.0, (q - (k - 1)) / (total - sum(w * w for w in weights) / total))
    weights = [1 / (se**2 + tau2) for _, se in effects]
    mean = sum(w * change for w, (change, _) in zip(weights, effects, strict=True)) / sum(weights)
    half = t_quantile(0.95, k - 1) / math.sqrt(sum(weights))
    return Pooled(k=k, mean=mean, low=mean - half, high=mean + half, tau2=tau2)


def shrunk(change: float, se: float, whole: Pooled) -> float:
    """One client's change, as far as it can be told from the others'."""
    return whole.mean + whole.tau2 / (whole.tau2 + se**2) * (change - whole.mean)


def t_quantile(p: float, df: int) -> float:
    """Student's t by its expansion around the normal (Abramowitz and Stegun 26.7.5): 0.2 % off at four degrees."""
    z = NormalDist().inv_cdf(p)
    return (
        z
        + (z**3 + z) / (4 * df)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * df**3)
    )
