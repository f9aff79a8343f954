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

from coach.alignment import dtw_kernels
from coach.alignment.mismatch import MismatchRows
from coach.settings.alignment import EvidenceSettings, TransitionSettings

FloatArray = NDArray[np.float64]


class OnlineDtw:
    """The column of one reference, at the follower's own tick rate.

    Owns every buffer; `step` allocates nothing that grows with the reference.

    Parameters
    ----------
    reference : ndarray [shape=(T, F)], float64
        Features on a regular clock, nan where unseen.
    tick_s : float
        Time between two reference frames, and between two steps.
    evidence : EvidenceSettings
    transitions : TransitionSettings
    """

    def __init__(
        self,
        reference: FloatArray,
        tick_s: float,
        evidence: EvidenceSettings,
        transitions: TransitionSettings,
    ) -> None:
        self._rows = MismatchRows(reference, tick_s, evidence)
        self._evidence = evidence
        self._tick_s = tick_s
        self.lag = self._rows.lag
        length, tempos = reference.shape[0], len(transitions.tempos)
        self._old = np.zeros((tempos, length))
        self._new = np.zeros((tempos, length))
        self._entry_shares = np.array(transitions.tempo_shares, dtype=np.float64)
        self._changes = _tempo_changes(self._entry_shares, transitions.tempo_switch_rate * tick_s)
        self._slope = min(evidence.nats_per_s * tick_s / 16.0, 0.9 / evidence.mismatch_cap)
        self._mismatch = np.zeros(length)
        self._seen_share = 0.0
        self.likelihood = np.ones(length)
        self.place = np.zeros(length)

    @property
    def length(self) -> int:
        """Number of reference frames T."""
        return self._rows.length

    def reset(self) -> None:
        """No place is likely any more."""
        self._old[:] = 0.0
        self.place[:] = 0.0

    def put(self, first_index: int, last_index: int, mass: float) -> None:
        """Spread ``mass`` evenly over the frames ``first_index <= j < last_index``."""
        share = mass / max(1, last_index - first_index)
        self._old[:, first_index:last_index] = share * self._entry_shares[:, None]

    def look(self, pose: FloatArray, motion: FloatArray) -> float:
        """Fill ``likelihood`` with what one pose says about every place.

        Returns
        -------
        float
            The mean mismatch over all places.
        """
        self._seen_share = self._rows.fill(pose, motion, self._mismatch)
        total = dtw_kernels.likelihood_column(
            self._mismatch,
            self._evidence.mismatch_cap * self._seen_share,
            self._slope,
            self.likelihood,
        )
        return float(total) / self.length

    def mismatch_near(self, index: float, reach: int) -> float:
        """Least mismatch of the last pose within ``reach`` frames of ``index``."""
        low = min(max(0, round(index) - reach), self.length - 1)
        return float(self._mismatch[low : round(index) + reach + 1].min(initial=np.inf))

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
        entry: FloatArray,
        entry_mass: float,
        near: NDArray[np.int64],
        near_mass: float,
        keep: float,
        steps: NDArray[np.int64],
    ) -> tuple[float, float]:
        """Walk one tick and weigh by ``likelihood``; `place` holds the result.

        Returns
        -------
        total, finished : float
            See `dtw_kernels.advance_column`.
        """
        total, finished = dtw_kernels.advance_column(
            self._old,
            self._new,
            self.likelihood,
            entry,
            self._entry_shares,
            steps,
            keep,
            self._changes,
            entry_mass,
            near,
            near_mass,
            self.place,
        )
        self._old, self._new = self._new, self._old
        return float(total), float(finished)


def exchange(one: OnlineDtw, other: OnlineDtw, to_other: float, to_one: float) -> None:
    """Let dancers change over between two references of one length without changing their place.

    `OnlineDtw.place` stays as it was: the sum over both does not change.
    """
    dtw_kernels.exchange(one._old, other._old, to_other, to_one)


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
