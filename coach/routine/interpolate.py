"""From key poses to a pose at any time: smooth, without overshoot, and with feet that stand still between steps."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from coach.routine.channels import CHANNEL_COUNT, CHANNEL_INDEX, FEET, FOREARM_CHANNELS, UPPER_ARM_CHANNELS, FloatArray
from coach.routine.key_poses import KeyPose, pose_vector
from coach.settings.routine import MovementSettings

_FULL_LIFT_STEP_M = 0.2


@dataclass(frozen=True)
class MovementCurve:
    """Key poses as knots in time, ready to be asked for any moment.

    Attributes
    ----------
    time_s : ndarray [shape=(K,)]
        Knot times, strictly increasing.
    values, slopes : ndarray [shape=(K, C)]
        Pose vectors and their slopes (a second).
    settings : MovementSettings
    """

    time_s: FloatArray
    values: FloatArray
    slopes: FloatArray
    settings: MovementSettings

    @classmethod
    def from_keys(cls, keys: tuple[KeyPose, ...], settings: MovementSettings) -> MovementCurve:
        """Two knots for a held key, one for the others; raises ValueError if the beats do not increase."""
        beats, rows = [], []
        for key in keys:
            vector = pose_vector(key, settings)
            for beat in (key.beat, key.beat + key.hold) if key.hold > 0 else (key.beat,):
                beats.append(beat)
                rows.append(vector)
        time_s = np.array(beats) * settings.beat_s
        if len(time_s) < 2 or not (np.diff(time_s) > 0).all():
            raise ValueError("key poses must follow one another, each after the end of the one before")
        values = np.array(rows)
        return cls(time_s, values, monotone_slopes(time_s, values), settings)

    def pose(self, time_s: float) -> FloatArray:
        """The pose vector at ``time_s`` (clamped to the keys), shape (C,); ``drop`` includes the bounce."""
        settings = self.settings
        values = self._smooth(time_s)
        early, late = self._smooth(time_s + settings.arm_lead_s), self._smooth(time_s - settings.forearm_lag_s)
        values[list(UPPER_ARM_CHANNELS)] = early[list(UPPER_ARM_CHANNELS)]
        values[list(FOREARM_CHANNELS)] = late[list(FOREARM_CHANNELS)]
        values[FEET] = self._feet(time_s)
        phase = time_s / settings.beat_s
        depth = settings.bounce_m * 0.5 * (1.0 + np.cos(2.0 * np.pi * phase))
        values[CHANNEL_INDEX["drop"]] += depth * values[CHANNEL_INDEX["bounce"]]
        return values

    def _segment(self, time_s: float) -> tuple[int, float, float]:
        """Index of the knot before, share of the way to the next, and the seconds between them."""
        time_s = float(np.clip(time_s, self.time_s[0], self.time_s[-1]))
        index = int(np.clip(np.searchsorted(self.time_s, time_s, side="right") - 1, 0, len(self.time_s) - 2))
        span = float(self.time_s[index + 1] - self.time_s[index])
        return index, (time_s - float(self.time_s[index])) / span, span

    def _smooth(self, time_s: float) -> FloatArray:
        """Cubic Hermite interpolation."""
        i, u, span = self._segment(time_s)
        v = 1.0 - u
        result: FloatArray = (
            v * v * (1.0 + 2.0 * u) * self.values[i]
            + u * u * (1.0 + 2.0 * v) * self.values[i + 1]
            + span * u * v * (v * self.slopes[i] - u * self.slopes[i + 1])
        )
        return result

    def _feet(self, time_s: float) -> FloatArray:
        """Feet rest on every knot, and are lifted on the way where they travel."""
        i, u, _ = self._segment(time_s)
        start = self.settings.step_start_share
        u = min(max((u - start) / (1.0 - start), 0.0), 1.0)
        eased = u**3 * (10.0 - 15.0 * u + 6.0 * u * u)
        before, after = self.values[i], self.values[i + 1]
        row: FloatArray = before + eased * (after - before)
        for side in ("left", "right"):
            x, z, lift = (CHANNEL_INDEX[f"{side}_foot_{name}"] for name in ("x", "z", "lift"))
            travel = float(np.hypot(after[x] - before[x], after[z] - before[z]))
            row[lift] += self.settings.step_lift_m * min(1.0, travel / _FULL_LIFT_STEP_M) * 4.0 * u * (1.0 - u)
        return row[FEET]


def monotone_slopes(time_s: FloatArray, values: FloatArray) -> FloatArray:
    """Slopes at the knots such that the cubic never overshoots, shape (K, C).

    Fritsch & Butland (1984): a weighted harmonic mean of the neighbouring secants, 0 where they differ in sign and at
    both ends.
    """
    spans = np.diff(time_s)[:, None]
    secants = np.diff(values, axis=0) / spans
    slopes = np.zeros((len(time_s), CHANNEL_COUNT))
    if len(time_s) < 3:
        return slopes
    before, after = secants[:-1], secants[1:]
    weight_before, weight_after = 2.0 * spans[1:] + spans[:-1], spans[1:] + 2.0 * spans[:-1]
    same_way = before * after > 0.0
    inverse = np.divide(weight_before, before, out=np.ones_like(before), where=same_way)
    inverse += np.divide(weight_after, after, out=np.ones_like(after), where=same_way)
    slopes[1:-1] = np.where(same_way, (weight_before + weight_after) / inverse, 0.0)
    return slopes
