"""The probability of every place, of being lost, of having finished, of dancing mirror-wise: one Bayesian filter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.alignment import dtw_kernels
from coach.alignment.continuity import Continuity
from coach.alignment.estimate import Estimate
from coach.alignment.online_dtw import OnlineDtw, exchange
from coach.alignment.stillness import StillnessWatch
from coach.pose.feature_vector import MOTION_ONLY
from coach.settings.alignment import AlignmentSettings

FloatArray = NDArray[np.float64]

_BIN_FRAMES = 4
"""Of `dtw_kernels.best_places`."""
_FIT_REACH = 2
_TINY = 1e-280


class PositionFilter:
    """Forward filter over place, tempo and mirror image, advanced one tick at a time.

    Parameters
    ----------
    references : tuple of ndarray [shape=(T, F)], float64
        One table, or the teacher's and its mirror image, on the follower's clock.
    settings : AlignmentSettings
    """

    def __init__(self, references: tuple[FloatArray, ...], settings: AlignmentSettings) -> None:
        self._settings = settings
        self._tick_s = 1.0 / settings.tracker.tick_fps
        self._images = [
            OnlineDtw(reference, self._tick_s, settings.evidence, settings.transitions) for reference in references
        ]
        self._still = StillnessWatch(references[0], self._tick_s, settings.evidence)
        self._continuity = Continuity(settings.tracker, self._tick_s)
        self.length = self._images[0].length
        count = references[0].shape[1]
        self._history = np.full((self._images[0].lag, count), np.nan)
        self._pose, self._motion = np.full(count, np.nan), np.full(count, np.nan)
        self._tempos = np.array(settings.transitions.tempos)
        self._phases = np.zeros(len(self._tempos))
        self._steps = np.zeros(len(self._tempos), dtype=np.int64)
        self._floors = np.zeros(len(self._tempos))
        self._near = np.zeros(2, dtype=np.int64)
        self._base_entry = self._make_entry(settings.transitions.start_share)
        self._first_entry = self._make_entry(settings.transitions.first_start_share)
        self._bins, self._windows = np.zeros((2, -(-self.length // _BIN_FRAMES)))
        self._result = np.zeros(5)
        self.reset()

    def reset(self) -> None:
        """Know nothing: somebody who does something else, either image."""
        for image in self._images:
            image.reset()
        self._still.reset()
        self._continuity.reset()
        self.still = False
        self._history[:] = np.nan
        self._next = 0
        self._phases[:] = 0.0
        self._keep, self._mean_mismatch = 1.0, 0.0
        self.lost, self.finished = 1.0, 0.0
        self.mirror_belief = np.full(len(self._images), 1.0 / len(self._images))
        self._known = False
        self._find_rate = self._settings.transitions.first_find_rate

    def put(self, index: float, share: float) -> None:
        """Believe with probability ``share`` that the dancer is about to be around ``index``."""
        half = max(1, round(self._settings.transitions.near_s / self._tick_s))
        low, high = self._around(index, half)
        for image, belief in zip(self._images, self.mirror_belief, strict=True):
            image.reset()
            image.put(low, high, share * float(belief))
        self._keep, self.lost, self.finished = 1.0, 1.0 - share, 0.0
        self._expect_finds_near(index)

    def tick(self, pose: FloatArray, expected_index: float, music_index: float | None = None) -> Estimate:
        """Advance by one tick.

        Parameters
        ----------
        pose : ndarray [shape=(F,)], float64
            nan where unseen.
        expected_index : float
            Where continuity expects the dancer, nan if nowhere.
        music_index : float, optional
            Where the music is.
        """
        self._take_pose(pose)
        seen = bool(np.isfinite(self._pose).any())
        still = self._still.is_still(pose)
        stranger = self._weigh_places(seen, still, music_index)
        self._walk(stranger)
        for image in self._images[1:]:
            dtw_kernels.add_column(self._images[0].place, image.place)
        estimate = self._estimate(expected_index)
        if np.isfinite(expected_index):
            if self._continuity.is_left(estimate.confidence, estimate.rival_confidence):
                estimate = self._estimate(estimate.rival_index)
        else:
            self._continuity.reset()
        if estimate.around >= self._settings.tracker.min_confidence_found:
            self._expect_finds_near(estimate.index)
        self.still = still
        return estimate

    def _take_pose(self, pose: FloatArray) -> None:
        self._pose[:] = pose
        np.subtract(self._pose, self._history[self._next], out=self._motion)
        self._history[self._next] = self._pose
        self._next = (self._next + 1) % len(self._history)
        self._pose[MOTION_ONLY] = np.nan

    def _weigh_places(self, seen: bool, still: bool, music_index: float | None) -> float:
        """Fill the likelihoods; returns that of somebody who does something else."""
        evidence, music = self._settings.evidence, self._settings.music
        mean = 0.0
        for image in self._images:
            mean += image.look(self._pose, self._motion) / len(self._images)
            if still:
                np.multiply(image.likelihood, self._still.factor, out=image.likelihood)
            if music_index is not None:
                slope = float(np.expm1(music.nats_per_s * self._tick_s))
                dtw_kernels.favour_near(image.likelihood, music_index, music.width_s / self._tick_s, slope)
        self._mean_mismatch = mean
        if not seen:
            return float(np.exp(evidence.absent_nats_per_s * self._tick_s))
        return self._images[0].stranger_likelihood(mean)

    def _walk(self, stranger: float) -> None:
        rates, tick_s = self._settings.transitions, self._tick_s
        self._phases += self._tempos
        np.floor(self._phases + 1e-9, out=self._floors)
        self._steps[:] = self._floors
        self._phases -= self._floors
        following = max(0.0, 1.0 - self.lost - self.finished)
        found = (self.lost + self.finished) * self._find_rate * tick_s
        keep = self._keep * (1.0 - (rates.jump_rate + rates.lose_rate) * tick_s)
        beside = rates.near_share * found if self._known else 0.0
        elsewhere = found - beside + following * rates.jump_rate * tick_s
        entry = self._base_entry if self._known else self._first_entry
        beliefs = self._sharp_beliefs()
        totals, ended = [], 0.0
        for image, belief in zip(self._images, beliefs, strict=True):
            share = max(rates.min_mirror_belief, belief)
            total, left = image.advance(entry, elsewhere * share, self._near, beside * share, keep, self._steps)
            totals.append(total)
            ended += left
        if len(self._images) == 2:
            self._swap()
        stay_idle = 1.0 - self._find_rate * tick_s
        lost = (self.lost * stay_idle + following * rates.lose_rate * tick_s) * stranger
        finished = (self.finished * stay_idle + ended) * stranger
        total = max(_TINY, sum(totals) + lost + finished)
        self._keep = 1.0 / total
        self.lost, self.finished = lost / total, finished / total
        followed, learnt = sum(totals) / total, tick_s / rates.mirror_memory_s
        for number, mass in enumerate(totals):
            self.mirror_belief[number] += learnt * (mass / total - followed * self.mirror_belief[number])

    def _sharp_beliefs(self) -> list[float]:
        """How the images share what is found anywhere."""
        powers = [float(belief) ** self._settings.transitions.mirror_sharpness for belief in self.mirror_belief]
        return [power / max(_TINY, sum(powers)) for power in powers]

    def _swap(self) -> None:
        """A dancer takes the other side for a moment; where the own side is known well, the dancer soon comes back."""
        rates = self._settings.transitions
        one = float(self.mirror_belief[0]) / max(_TINY, float(self.mirror_belief.sum()))
        known = max(0.0, (max(one, 1.0 - one) - rates.side_known) / (1.0 - rates.side_known))
        back = rates.swap_rate + known * (rates.swap_back_rate - rates.swap_rate)
        to_other, to_one = (rates.swap_rate, back) if one >= 0.5 else (back, rates.swap_rate)
        exchange(self._images[0], self._images[1], min(0.5, to_other * self._tick_s), min(0.5, to_one * self._tick_s))

    def _estimate(self, expected_index: float) -> Estimate:
        tracker = self._settings.tracker
        dtw_kernels.best_places(
            self._images[0].place,
            self._bins,
            self._windows,
            max(1, round(tracker.window_s / self._tick_s)),
            round(tracker.rival_s / self._tick_s),
            expected_index,
            self._result,
        )
        index, mass, around, rival_index, rival_mass = (float(value) for value in self._result)
        keep, fit = self._keep, self._fit(index)
        return Estimate(
            index,
            mass * keep,
            around * keep,
            rival_index,
            rival_mass * keep,
            self.lost,
            self.finished,
            fit,
        )

    def _around(self, index: float, half: int) -> tuple[int, int]:
        """First frame and the one after the last within ``half`` frames of ``index``, at least one frame."""
        low = min(max(0, round(index) - half), self.length - 1)
        return low, min(max(low + 1, round(index) + half), self.length)

    def _fit(self, index: float) -> float:
        if not self._mean_mismatch > 0:
            return float("nan")
        least = min(image.mismatch_near(index, _FIT_REACH) for image in self._images)
        return least / self._mean_mismatch

    def _make_entry(self, start_share: float) -> FloatArray:
        """Where somebody is found who was nowhere before: anywhere, rather at the start."""
        rates = self._settings.transitions
        entry = np.full(self.length, (1.0 - start_share) / self.length)
        start = min(self.length, max(1, round(0.5 * rates.near_s / self._tick_s)))
        entry[:start] += start_share / start
        return entry

    def _expect_finds_near(self, index: float) -> None:
        self._find_rate = self._settings.transitions.find_rate
        self._known = True
        self._near[:] = self._around(index, max(1, round(self._settings.transitions.near_s / self._tick_s)))
