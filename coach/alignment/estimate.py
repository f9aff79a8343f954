"""What the filter makes of one tick."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Estimate:
    """The likeliest place after one tick.

    Attributes
    ----------
    index : float
        Mean reference tick within the likeliest window.
    confidence : float
        Probability of that window.
    around : float
        Probability of being no further from there than a rival is.
    rival_index, rival_confidence : float
        The likeliest window elsewhere.
    lost, finished : float
        Probability of doing something else, and of having walked past the end.
    fit : float
        Mismatch at this place as a share of the mean mismatch over all places; nan if nothing could be seen.
    """

    index: float
    confidence: float
    around: float
    rival_index: float
    rival_confidence: float
    lost: float
    finished: float
    fit: float


NO_ESTIMATE = Estimate(0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, np.nan)
"""Nothing is known yet."""
