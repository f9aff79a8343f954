"""The probability of every place, of being lost, of having finished, of dancing mirror-wise: one Bayesian filter."""

from __future__ import annotations

from math import ceil

import numpy as np
from numpy.typing import NDArray

from coach.alignment.continuity import Continuity
from coach.alignment.entries import Entries
from coach.alignment.estimate import Estimate
from coach.alignment.kernels import filter_columns, place_estimate
from coach.alignment.online_dtw import OnlineDtw
from coach.alignment.pose_history import PoseHistory
from coach.alignment.stillness import StillnessWatch
from coach.pose.feature_vector import MOTION_ONLY
from coach.settings.alignment import AlignmentSettings

FloatArray = NDArray[np.float64]

_BIN_FRAMES = 4
"""Of `place_estimate.best_places`."""
_FIT_REACH = 2
_IMAGE_REACH = 4
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
        self._references = references
        self._columns = OnlineDtw(references, self._tick_s, settings.evidence, settings.transitions)
        self._still = StillnessWatch(references[0], self._tick_s, settings.evidence)
        self._continuity = Continuity(settings.tracker, self._tick_s)
        self.length = self._columns.length
        count = references[0].shape[1]
        self._lags = self._columns.lags.tolist()
        self._history = PoseHistory(count, ceil(max(self._lags) / settings.pace.slowest))
        self._pose, self._motions = np.full(count, np.nan), np.full((len(self._lags), count), np.nan)
        self._tempos = np.array(settings.transitions.tempos)
        self._phases = np.zeros(len(self._tempos))
        self._steps = np.zeros(len(self._tempos), dtype=np.int64)
        self._floors = np.zeros(len(self._tempos))
        self._entries = Entries(self.length, len(references), self._tick_s, settings.transitions)
        self._swaps = np.zeros(len(references))
        self._bins, self._windows = np.zeros((2, -(-self.length // _BIN_FRAMES)))
        self._result = np.zeros(5)
        self.reset()

    @property
    def ambiguous(self) -> bool:
        """Whether another place explains the dancer about as well as the told one."""
        return self._continuity.ambiguous

    def reset(self) -> None:
        """Know nothing: somebody who does something else, either image."""
        self._columns.reset()
        self._continuity.reset()
        self.forget_movement()
        self._phases[:] = 0.0
        self._keep, self._mean_mismatch = 1.0, 0.0
        self.lost, self.finished = 1.0, 0.0
        images = len(self._references)
        self.mirror_belief = np.full(images, 1.0 / images)
        self._entries.reset()

    def forget_movement(self) -> None:
        """What comes next does not go on from what was seen."""
        self._still.reset()
        self._history.reset()
        self.still = False

    def put(self, index: float, share: float) -> None:
        """Believe with probability ``share`` that the dancer is about to be around ``index``."""
        half = max(1, round(self._settings.transitions.near_s / self._tick_s))
        self._columns.reset()
        self._columns.put(*self._around(index, half), share * self.mirror_belief)
        self._keep, self.lost, self.finished = 1.0, 1.0 - share, 0.0
        self._entries.expect_near(index)

    def tick(
        self, pose: FloatArray, expected_index: float, music_index: float | None = None, *, pace: float = 1.0
    ) -> Estimate:
        """Advance by one tick.

        Parameters
        ----------
        pose : ndarray [shape=(F,)], float64
            nan where unseen.
        expected_index : float
            Where continuity expects the dancer, nan if nowhere.
        music_index : float, optional
            Where the music is.
        pace : float
            Reference seconds per student second around which the tempos lie.
        """
        self._take_pose(pose, pace)
        seen = bool(np.isfinite(self._pose).any())
        still = self._still.is_still(pose)
        stranger = self._weigh_places(seen, still, music_index)
        self._walk(stranger, pace)
        estimate = self._estimate(expected_index)
        if np.isfinite(expected_index):
            if self._continuity.is_left(estimate.confidence, estimate.rival_confidence):
                estimate = self._estimate(estimate.rival_index)
        else:
            self._continuity.reset()
        if estimate.around >= self._settings.tracker.min_confidence_found:
            self._entries.expect_near(estimate.index)
        self.still = still
        return estimate

    def teacher_at(self, index: float) -> FloatArray:
        """Features (F,) of the teacher, or of the mirror image if that is likelier there."""
        low, after = self._around(index, _IMAGE_REACH)
        image = self._columns.likelier_image(low, after)
        row: FloatArray = self._references[image][min(max(0, round(index)), self.length - 1)]
        return row

    def _take_pose(self, pose: FloatArray, pace: float) -> None:
        """The change is taken over as much of the choreography as the reference's, however long the dancer takes."""
        self._pose[:] = pose
        self._history.push(pose)
        for motion, lag in zip(self._motions, self._lags, strict=True):
            np.subtract(pose, self._history.back(lag / pace), out=motion)
        self._pose[MOTION_ONLY] = np.nan

    def _weigh_places(self, seen: bool, still: bool, music_index: float | None) -> float:
        """Fill the likelihoods; returns that of somebody who does something else."""
        evidence, music = self._settings.evidence, self._settings.music
        self._mean_mismatch = self._columns.look(self._pose, self._motions)
        if still:
            np.multiply(self._columns.likelihood, self._still.factor, out=self._columns.likelihood)
        if music_index is not None:
            slope = float(np.expm1(music.nats_per_s * self._tick_s))
            for likelihood in self._columns.likelihood:
                filter_columns.favour_near(likelihood, music_index, music.width_s / self._tick_s, slope)
        if not seen:
            return float(np.exp(evidence.absent_nats_per_s * self._tick_s))
        return self._columns.stranger_likelihood(self._mean_mismatch)

    def _walk(self, stranger: float, pace: float) -> None:
        rates, tick_s = self._settings.transitions, self._tick_s
        self._phases += self._tempos * pace
        np.floor(self._phases + 1e-9, out=self._floors)
        self._steps[:] = self._floors
        self._phases -= self._floors
        following = max(0.0, 1.0 - self.lost - self.finished)
        stayed = 1.0 - (rates.jump_rate + rates.lose_rate) * tick_s
        entries, found = self._entries, (self.lost + self.finished) * self._entries.find_rate * tick_s
        entries.fill(found, following * rates.jump_rate * tick_s, self.mirror_belief.tolist())
        stay_idle = 1.0 - entries.find_rate * tick_s
        self._let_swap()
        ended = self._columns.advance(
            self._keep * stayed, self._steps, entries.anywhere, entries.zones, entries.in_zones, self._swaps
        )
        lost = (self.lost * stay_idle + following * rates.lose_rate * tick_s) * stranger
        finished = (self.finished * stay_idle + ended) * stranger
        followed: float = sum(self._columns.totals.tolist())
        total = max(_TINY, followed + lost + finished)
        self._keep = 1.0 / total
        self.lost, self.finished = lost / total, finished / total
        learnt = tick_s / rates.mirror_memory_s
        self.mirror_belief += learnt / total * (self._columns.totals - followed * self.mirror_belief)

    def _let_swap(self) -> None:
        """A dancer takes the other side for a moment; where the own side is known well, the dancer soon comes back."""
        rates = self._settings.transitions
        beliefs: list[float] = self.mirror_belief.tolist()
        one = beliefs[0] / max(_TINY, sum(beliefs))
        known = max(0.0, (max(one, 1.0 - one) - rates.side_known) / (1.0 - rates.side_known))
        back = rates.swap_rate + known * (rates.swap_back_rate - rates.swap_rate)
        own = 0 if one >= 0.5 else -1
        self._swaps[:] = min(0.5, back * self._tick_s)
        self._swaps[own] = min(0.5, rates.swap_rate * self._tick_s)

    def _estimate(self, expected_index: float) -> Estimate:
        tracker = self._settings.tracker
        place_estimate.best_places(
            self._columns.place,
            self._bins,
            self._windows,
            max(1, round(tracker.window_s / self._tick_s)),
            round(tracker.rival_s / self._tick_s),
            expected_index,
            self._result,
        )
        index, mass, around, rival_index, rival_mass = self._result.tolist()
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
        return self._columns.mismatch_near(index, _FIT_REACH) / self._mean_mismatch
