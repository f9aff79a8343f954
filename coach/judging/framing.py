"""What the dancer should do to be seen: one hint at a time, most urgent first, never for a passing moment."""

from __future__ import annotations

import math
from typing import Final

from coach.judging.gaps import gap_s
from coach.judging.reach import torso_size
from coach.judging.verdicts import FramingHint
from coach.pose.body_height import TORSO_SHARE
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.settings.cues import FramingSettings

_PICTURE_HINTS: Final[dict[PictureFlags, FramingHint]] = {
    PictureFlags.FROZEN: FramingHint.CAMERA_FROZEN,
    PictureFlags.DARK: FramingHint.DARK,
    PictureFlags.BLURRED: FramingHint.BLURRED,
    PictureFlags.SECOND_PERSON: FramingHint.SECOND_PERSON,
    PictureFlags.CAMERA_MOVED: FramingHint.CAMERA_MOVED,
}
_PATIENT: Final = frozenset(_PICTURE_HINTS.values()) - {FramingHint.CAMERA_FROZEN}
_MAX_GAP_S: Final = 1.0
"""Longer than the judges': a camera that stalls is itself a reason for a hint, which shall not wait for it."""


def _indices(*names: str) -> list[int]:
    return [LANDMARK_INDEX[name] for name in names]


_HEAD = _indices("nose", "left_eye", "right_eye")
_WRISTS = _indices("left_wrist", "right_wrist")
_SHOULDERS = _indices("left_shoulder", "right_shoulder")
_HIPS = _indices("left_hip", "right_hip")
_KNEES = _indices("left_knee", "right_knee")
_ANKLES = _indices("left_ankle", "right_ankle")
_TRUNK = _SHOULDERS + _HIPS
_SHIN_TORSO_LENGTHS = 0.8
_Rows = list[list[float]]
"""A pose's landmarks as plain numbers: one at a time is quicker that way."""


class FramingJudge:
    """Watches how well the dancer can be seen.

    Parameters
    ----------
    settings : FramingSettings
    """

    def __init__(self, settings: FramingSettings) -> None:
        self._settings = settings
        self._lasted_s: dict[FramingHint, float] = {}
        self._shown: set[FramingHint] = set()
        self._last_s: float | None = None

    def step(self, observation: Observation, time_s: float, torso: float | None = None) -> FramingHint | None:
        """The hint to show after this frame, None if all is well; ``torso`` as in `faults`."""
        passed_s, self._last_s = gap_s(self._last_s, time_s, _MAX_GAP_S), time_s
        present = faults(observation, self._settings, torso)
        for hint in present | self._shown | self._lasted_s.keys():
            self._update(hint, hint in present, passed_s)
        return next((hint for hint in FramingHint if hint in self._shown), None) if self._shown else None

    def _update(self, hint: FramingHint, present: bool, passed_s: float) -> None:
        """Let time for or against ``hint`` add up; whatever came last has to last."""
        settings, shown = self._settings, hint in self._shown
        if present is shown:
            self._lasted_s[hint] = self._lasted_s.get(hint, 0.0) - passed_s
            if self._lasted_s[hint] <= 0.0:
                del self._lasted_s[hint]
            return
        self._lasted_s[hint] = self._lasted_s.get(hint, 0.0) + passed_s
        show_after_s = settings.picture_after_s if hint in _PATIENT else settings.show_after_s
        if self._lasted_s[hint] >= (settings.hide_after_s if shown else show_after_s):
            self._shown.symmetric_difference_update((hint,))
            del self._lasted_s[hint]


def faults(observation: Observation, settings: FramingSettings, torso: float | None = None) -> frozenset[FramingHint]:
    """All that is wrong with this one frame; ``torso`` is its `torso_size` if that is known already."""
    found = _picture_faults(observation.picture)
    landmarks: _Rows = observation.pose.image.tolist()
    if not _somebody(landmarks, settings):
        return frozenset(found | {FramingHint.NOBODY})
    if torso is None:
        torso = _torso(observation.pose, settings)
    feet, head = _feet_cut_off(landmarks, torso, settings), _head_cut_off(landmarks, settings)
    arms = _arms_cut_off(landmarks, settings)
    stature = torso / TORSO_SHARE
    if stature > settings.too_tall and (feet or head):
        found.add(FramingHint.TOO_NEAR)
    if stature < settings.too_small and not settings.upper_body_only:
        found.add(FramingHint.TOO_FAR)
    for hint, holds in (
        (FramingHint.FEET_CUT_OFF, feet),
        (FramingHint.HEAD_CUT_OFF, head),
        (FramingHint.ARMS_CUT_OFF, arms),
        (FramingHint.OFF_CENTRE, _off_centre(landmarks, settings)),
    ):
        if holds:
            found.add(hint)
    return frozenset(found)


def _picture_faults(picture: PictureFlags) -> set[FramingHint]:
    if not picture:
        return set()
    return {hint for flag, hint in _PICTURE_HINTS.items() if flag in picture}


def _somebody(landmarks: _Rows, settings: FramingSettings) -> bool:
    """Whether a trunk is in the picture at all."""
    trunk = (landmarks[index] for index in _TRUNK)
    inside = [0.0 <= x <= 1.0 and 0.0 <= y <= 1.0 and seen >= settings.min_visibility for x, y, _, seen in trunk]
    return sum(inside) >= 2


def _torso(pose: PoseFrame, settings: FramingSettings) -> float:
    return float(torso_size(pose.square_xy(), pose.world, pose.visibility, settings.min_visibility))


def _feet_cut_off(landmarks: _Rows, torso: float, settings: FramingSettings) -> bool:
    """Whether an ankle lies below the picture, or is unseen where the shin would reach below it."""
    if settings.upper_body_only:
        return False
    bottom = 1.0 - settings.border_ratio
    shin = _SHIN_TORSO_LENGTHS * torso
    for knee, ankle in ((landmarks[upper], landmarks[lower]) for upper, lower in zip(_KNEES, _ANKLES, strict=True)):
        unseen = not (math.isfinite(ankle[1]) and ankle[3] >= settings.min_visibility)
        if ankle[1] > bottom or knee[1] > bottom or (unseen and knee[1] + shin > bottom):
            return True
    return False


def _head_cut_off(landmarks: _Rows, settings: FramingSettings) -> bool:
    return any(landmarks[index][1] < settings.border_ratio for index in _HEAD)


def _arms_cut_off(landmarks: _Rows, settings: FramingSettings) -> bool:
    """Whether a hand lies beyond the left, right or upper edge."""
    border = settings.border_ratio
    hands = (landmarks[index][:2] for index in _WRISTS)
    return any(x < border or x > 1.0 - border or y < border for x, y in hands)


def _off_centre(landmarks: _Rows, settings: FramingSettings) -> bool:
    hips = [landmarks[index][0] for index in _HIPS if math.isfinite(landmarks[index][0])]
    return bool(hips) and not settings.off_centre <= sum(hips) / len(hips) <= 1.0 - settings.off_centre
