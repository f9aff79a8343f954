"""Online open-end time warping of a live pose stream against one whole reference, in its sum-product form.

Classic online time warping (Dixon, "Live tracking of musical performances using on-line time warping", DAFx 2005;
Arzt and Widmer, "Simple tempo models for real-time music tracking", SMC 2010) keeps one column of accumulated cost: for
every reference frame the cheapest way to have arrived there now; the open end is the cheapest frame. Replacing the
minimum over the ways by a soft minimum (Cuturi and Blondel, "Soft-DTW", ICML 2017) turns costs into probabilities:
``exp(-cost)`` is summed instead of minimised, and the column becomes the forward variable of a hidden Markov model
whose transition probabilities are the step prices. That is what is computed here. What it buys: a mean instead of a
jumpy arg-min, a probability that the answer is right, several places at once where a choreography repeats itself, and
prices that are rates per second instead of numbers per frame.

Departures from the cited papers: no search window (the whole reference is updated at every tick, so a restart or a skip
is only ever one jump away); the step pattern depends on a tempo class that persists; the start is open; one absorbing
"finished" and one "somebody who does something else" state compete with all places.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment.kernels import filter_columns
from coach.alignment.mismatch import MismatchRows
from coach.settings.alignment import EvidenceSettings
from coach.settings.transitions import TransitionSettings

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_BLOCK_FRAMES = 512
"""Of `filter_columns.advance_columns`."""


class OnlineDtw:
    """The columns of one reference, and perhaps of its mirror image, at the follower's own tick rate.

    Owns every buffer; `look` and `advance` allocate nothing that grows with the reference.

    Parameters
    ----------
    references : tuple of ndarray [shape=(T, F)], float64
        Features on a regular clock, nan where unseen; one table, or one and its mirror image.
    tick_s : float
        Time between two reference frames, and between two steps.
    evidence : EvidenceSettings
    transitions : TransitionSettings

    Attributes
    ----------
    likelihood : ndarray [shape=(I, T)], float32
        What the last pose says about every place of every image.
    place : ndarray [shape=(T,)], float32
        Unnormalised probability of every place.
    totals : ndarray [shape=(I,)]
        Unnormalised probability of every image.
    """

    def __init__(
        self,
        references: tuple[FloatArray, ...],
        tick_s: float,
        evidence: EvidenceSettings,
        transitions: TransitionSettings,
    ) -> None:
        self._rows = [MismatchRows(reference, tick_s, evidence) for reference in references]
        self._evidence = evidence
        self.lags = self._rows[0].lags
        self.length = self._rows[0].length
        """Number of reference frames T."""
        images, tempos = len(references), len(transitions.tempos)
        self._old, self._new = np.zeros((2, images, tempos, self.length), dtype=np.float32)
        self._tempo_shares = np.array(transitions.tempo_shares, dtype=np.float64)
        self._changes = _tempo_changes(self._tempo_shares, transitions.tempo_switch_rate * tick_s)
        self._slope = min(evidence.nats_per_s * tick_s / 16.0, 0.9 / evidence.mismatch_cap)
        self._mismatch = np.zeros((images, self.length))
        self._columns = np.zeros((images, _BLOCK_FRAMES), dtype=np.float32)
        self._seen_share = 0.0
        self.likelihood = np.ones((images, self.length), dtype=np.float32)
        self.place = np.zeros(self.length, dtype=np.float32)
        self.totals = np.zeros(images)

    def reset(self) -> None:
        """No place is likely any more."""
        self._old[:] = 0.0
        self.place[:] = 0.0
        self.totals[:] = 0.0

    def put(self, first_index: int, last_index: int, masses: FloatArray) -> None:
        """Spread the mass of each image evenly over the frames ``first_index <= j < last_index``."""
        share = masses[:, None] * self._tempo_shares / max(1, last_index - first_index)
        self._old[:, :, first_index:last_index] = share[:, :, None]

    def look(self, pose: FloatArray, motions: FloatArray) -> float:
        """Fill ``likelihood`` with what one pose (F,) and its motions (M, F) say about every place.

        Returns
        -------
        float
            The mean mismatch over all places.
        """
        total = 0.0
        for rows, mismatch, likelihood in zip(self._rows, self._mismatch, self.likelihood, strict=True):
            self._seen_share = rows.fill(pose, motions, mismatch)
            cap = self._evidence.mismatch_cap * self._seen_share
            total += filter_columns.likelihood_column(mismatch, cap, self._slope, likelihood)
        return total / self._mismatch.size

    def mismatch_near(self, index: float, reach: int) -> float:
        """Least mismatch of the last pose within ``reach`` frames of ``index``, in any image."""
        low = min(max(0, round(index) - reach), self.length - 1)
        return float(self._mismatch[:, low : round(index) + reach + 1].min(initial=np.inf))

    def likelier_image(self, first_index: int, after_index: int) -> int:
        """The image with the most probability in ``first_index <= j < after_index``."""
        return int(filter_columns.heaviest_image(self._old, first_index, after_index))

    def stranger_likelihood(self, mean_mismatch: float) -> float:
        """Likelihood of the last pose coming from somebody who does something else.

        Whoever dances this choreography fits its own place far better than its places on average; whoever dances
        another fits the best of them a little better. The ratio hardly depends on the dancers, unlike the mismatch.
        """
        evidence = self._evidence
        least = evidence.min_mean_mismatch * self._seen_share
        mismatch = min(evidence.mismatch_cap, evidence.stranger_ratio * max(least, mean_mismatch))
        return float((1.0 - self._slope * mismatch) ** 16)

    def advance(
        self,
        keep: float,
        steps: IntArray,
        anywhere: FloatArray,
        zones: IntArray,
        in_zones: FloatArray,
        swaps: FloatArray,
    ) -> float:
        """Walk one tick and weigh by ``likelihood``; `place` and `totals` hold the result.

        Returns
        -------
        float
            What finished. The parameters are those of `filter_columns.advance_columns`.
        """
        finished = filter_columns.advance_columns(
            self._old,
            self._new,
            self.likelihood,
            self._tempo_shares,
            steps,
            keep,
            self._changes,
            anywhere,
            zones,
            in_zones,
            swaps,
            self._columns,
            self.place,
            self.totals,
        )
        self._old, self._new = self._new, self._old
        return float(finished)


def _tempo_changes(shares: FloatArray, switch_share: float) -> FloatArray:
    """Shares that tempo k takes over from the next slower, itself, and the next faster, shape (K, 3).

    A change to a likelier tempo happens at the full rate, one to a less likely tempo as much less often as it is less
    likely (the rule of Metropolis et al., 1953): left alone, the tempos keep their ``shares``.
    """
    count = len(shares)
    changes = np.zeros((count, 3))
    changes[:, 1] = 1.0
    for slower in range(count - 1):
        faster = slower + 1
        up = min(0.45, switch_share) * min(1.0, shares[faster] / shares[slower])
        down = min(0.45, switch_share) * min(1.0, shares[slower] / shares[faster])
        changes[faster, 0], changes[slower, 2] = up, down
        changes[slower, 1] -= up
        changes[faster, 1] -= down
    return changes
