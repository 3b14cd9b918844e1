"""How much likelier what was seen is with a shift than without one: Bayes factors, as natural logarithms.

A shift is expected to be 1.5 personal standard deviations, give or take 0.6: as if spread evenly from 0.5, below
which nobody would act, to 2.5. Its start is as likely on any day of the look-backs; the factor is the mean over them,
so that a shift seen from many starts says more than one that stands out from a single start, and a mean over few days
must be further off than one over many. On the scale of Jeffreys (1961) a factor of 10 is strong, 100 decisive evidence.
"""

import numpy as np

from clients.signs.kinds import FloatArray

EXPECTED, DIFFERS = 1.5, 0.6  # personal standard deviations
NO_ODDS = -50.0  # of a start that cannot be judged
MOST_ODDS = 500.0  # beyond, exponentials overflow


def shift_odds(d: FloatArray, variance: FloatArray) -> FloatArray:
    """`d`: how far a mean is off, in standard deviations, known up to `variance`. A better mean counts as usual."""
    worse = np.maximum(d, 0.0)
    spread = variance + DIFFERS**2
    likelier = np.log(variance / spread) + worse**2 / variance - (worse - EXPECTED) ** 2 / spread
    return np.asarray(np.minimum(likelier / 2, MOST_ODDS))


def mean_odds(odds: FloatArray, weights: FloatArray) -> FloatArray:
    """Of the starts along the first axis, each standing for `weights` of the days."""
    top = odds.max(axis=0)
    return np.asarray(top + np.log(np.tensordot(weights, np.exp(odds - top), axes=1) / weights.sum()))


def rarity_odds(tail: FloatArray) -> FloatArray:
    """Of a p-value, the most that it can stand for: 1/(−e·p·ln p) (Sellke, Bayarri and Berger 2001)."""
    p = np.minimum(tail, np.exp(-1.0))
    return np.asarray(-np.log(-np.e * p * np.log(p)))
