"""Dances with exact truth for the judging benchmark: movement, other bodies and cameras, and the sensor's errors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.pose.body_height import TORSO_SHARE, BodyHeight
from coach.pose.body_size import body_height
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.landmark_table import LANDMARK_COUNT, LANDMARK_INDEX, LANDMARK_NAMES
from coach.pose.observation import FlowEnergy, Observation
from coach.pose.offline import build_reference, clean_track
from coach.pose.pose_frame import PoseTrack
from coach.pose.reference import MASK_SIZE_PX, Reference, ReferenceInfo
from coach.routine.body import AVERAGE_BODY, Body
from coach.routine.routine import first_steps_routine
from coach.settings.pose import OfflineSmoothingSettings
from coach.settings.routine import StageCamera
from coach.settings.sensing import BodyMaskSettings, FlowSettings
from tests.bench.tracking_footage import landmarks

FloatArray = NDArray[np.float64]

_FINE_FPS = 60.0
_MAIN = [LANDMARK_INDEX["nose"], *range(11, 17), *range(23, 29)]
_TORSO = ("left_shoulder", "right_shoulder", "left_hip", "right_hip")
_NOISE_BY_KIND: Final = {"elbow": 0.036, "wrist": 0.042, "knee": 0.028, "ankle": 0.034, "shoulder": 0.028, "hip": 0.026}
_OTHER_NOISE: Final = 0.022
NOISE_TORSOS: Final = np.array([_NOISE_BY_KIND.get(name.split("_")[-1], _OTHER_NOISE) for name in LANDMARK_NAMES])
"""Standard error of each landmark in torso lengths, such that angles err as the pose model's do
(``python -m tests.bench.noise_table``); of hands and feet what is left beside their root's error."""

_LED: Final = [
    (LANDMARK_INDEX[f"{side}_{tip}"], LANDMARK_INDEX[f"{side}_{root}"], share)
    for side in ("left", "right")
    for root, tips, share in (("wrist", ("pinky", "index", "thumb"), 1.0), ("ankle", ("heel", "foot_index"), 0.5))
    for tip in tips
]
"""A hand that is seen in the wrong place is seen there with its wrist, a foot partly with its ankle (measured)."""

_SLOW_SHARE, _SLOW_S, _FAST_S, _BURST, _BURST_S = 0.6, 0.8, 0.08, 0.5, 1.0


@dataclass(frozen=True)
class Dance:
    """What really happens, frame by frame, before any sensor.

    Attributes
    ----------
    place_s : ndarray [shape=(N,)], float64
        The moment of the choreography that is danced.
    track : PoseTrack
        On the student's clock.
    """

    place_s: FloatArray
    track: PoseTrack

    @property
    def angles_deg(self) -> FloatArray:
        """True joint angles, shape (N, 14)."""
        return joint_angles_deg(self.track.square_xy(), self.track.image[..., 3])

    def moved(self, xy: FloatArray, world: FloatArray | None = None) -> Dance:
        """The same with landmarks (N, 33, 2) in picture heights, and in metres, elsewhere."""
        width_px, height_px = self.track.frame_size_px
        image = self.track.image.copy()
        image[..., :2] = xy / np.array([width_px / height_px, 1.0])
        moved_world = self.track.world if world is None else world
        return replace(self, track=replace(self.track, image=image, world=moved_world))


@lru_cache
def drawn_movement(body: Body = AVERAGE_BODY, camera: StageCamera | None = None) -> PoseTrack:
    """The built-in routine by a perfect sensor."""
    return first_steps_routine().truth_track(_FINE_FPS, body, camera)


@lru_cache
def real_movement(video: Path) -> PoseTrack:
    """A filmed dancer's movement, without the sensor's own tremble."""
    raw = landmarks(video, "plain")
    track = clean_track(raw, OfflineSmoothingSettings())
    return replace(track, time_s=track.time_s - track.time_s[0])


def danced(
    movement: PoseTrack, *, fps: float = 30.0, tempo: float = 1.0, start_s: float = 0.0, length_s: float = np.inf
) -> Dance:
    """``movement`` at another speed and frame rate; linear between its frames."""
    count = int(min((movement.time_s[-1] - start_s) / tempo, length_s) * fps)
    time_s = np.arange(count) / fps
    place_s = start_s + time_s * tempo
    return Dance(place_s, at_places(movement, place_s, time_s))


def at_places(movement: PoseTrack, place_s: FloatArray, time_s: FloatArray) -> PoseTrack:
    """Poses of ``movement`` at ``place_s``, shown at ``time_s``."""
    after = np.clip(np.searchsorted(movement.time_s, place_s), 1, len(movement) - 1)
    before = after - 1
    share = (place_s - movement.time_s[before]) / (movement.time_s[after] - movement.time_s[before])
    share = np.clip(share, 0.0, 1.0)[:, None, None]
    image = movement.image[before] * (1.0 - share) + movement.image[after] * share
    world = movement.world[before] * (1.0 - share) + movement.world[after] * share
    return PoseTrack(time_s, image, world, movement.frame_size_px)


def torso_length(xy: FloatArray) -> float:
    """Median torso length in picture heights."""
    shoulders, hips = xy[:, [11, 12]].mean(axis=1), xy[:, [23, 24]].mean(axis=1)
    return float(np.nanmedian(np.hypot(*(shoulders - hips).T)))


def sensed_errors(count: int, fps: float, rng: np.random.Generator) -> FloatArray:
    """Errors of the landmarks in standard errors, shape (count, 33, 2): partly slow (a pose model errs by pose), partly
    trembling, and in bursts."""
    shape = (count, LANDMARK_COUNT, 2)
    slow, fast = _wandering(shape, fps, _SLOW_S, rng), _wandering(shape, fps, _FAST_S, rng)
    bursts = np.exp(_BURST * _wandering((count, LANDMARK_COUNT, 1), fps, _BURST_S, rng) - _BURST**2)
    mixed: FloatArray = bursts * (np.sqrt(_SLOW_SHARE) * slow + np.sqrt(1.0 - _SLOW_SHARE) * fast)
    return mixed


def _wandering(shape: tuple[int, ...], fps: float, time_constant_s: float, rng: np.random.Generator) -> FloatArray:
    kept = float(np.exp(-1.0 / (fps * time_constant_s)))
    white = rng.normal(0.0, 1.0, shape)
    wander = np.empty(shape)
    wander[0] = white[0]
    for index in range(1, shape[0]):
        wander[index] = kept * wander[index - 1] + np.sqrt(1.0 - kept * kept) * white[index]
    return wander


def sensed(dance: Dance, fps: float, seed: int, level: float = 1.0) -> Dance:
    """The dance as a pose model sees it."""
    rng = np.random.default_rng(seed)
    xy = dance.track.square_xy()
    # The same errors at any frame rate: drawn at the finest for a whole minute, then picked.
    step = max(1, round(_FINE_FPS / fps))
    errors = sensed_errors(round(60.0 * _FINE_FPS), _FINE_FPS, rng)[::step][: len(xy)] * NOISE_TORSOS[:, None]
    for tip, root, share in _LED:
        errors[:, tip] += share * errors[:, root]
    return dance.moved(xy + level * torso_length(xy) * errors)


def energies(dance: Dance) -> list[FlowEnergy | None]:
    """Flow energy as the landmarks' mean speed, in body heights a second."""
    track, xy = dance.track, dance.track.square_xy()
    height = float(np.nanmedian(body_height(xy, track.world, track.image[..., 3], 0.5)))
    moves = np.nanmean(np.hypot(*np.moveaxis(np.diff(xy[:, _MAIN], axis=0), -1, 0)), axis=1)
    speeds = moves / np.diff(track.time_s) / height
    unknown = np.full(6, np.nan)
    return [None, *(FlowEnergy(float(speed), unknown, 0.005) for speed in speeds)]


_OUTLINE = [
    *(
        (f"{side}_{a}", f"{side}_{b}", width)
        for side in ("left", "right")
        for a, b, width in (
            ("shoulder", "elbow", 0.2),
            ("elbow", "wrist", 0.16),
            ("wrist", "index", 0.14),
            ("hip", "knee", 0.28),
            ("knee", "ankle", 0.2),
            ("ankle", "foot_index", 0.16),
            ("ankle", "heel", 0.16),
        )
    ),
    *((f"left_{part}", f"right_{part}", 0.3) for part in ("shoulder", "hip", "ear")),
    ("left_ear", "left_shoulder", 0.3),
    ("right_ear", "right_shoulder", 0.3),
    ("nose", "left_ear", 0.4),
]
_ENDS = [(LANDMARK_INDEX[a], LANDMARK_INDEX[b], width) for a, b, width in _OUTLINE]


def mask_bits(
    xy: FloatArray, height: float, bagginess: float = 1.0, without: tuple[int, ...] = ()
) -> NDArray[np.uint8]:
    """The outline of one pose (33, 2) on the standard sheet; limbs with a landmark in ``without`` are hidden.

    ``height`` is the stature that the sensor takes the dancer for.
    """
    torso_px = BodyMaskSettings().torso_px
    hips = xy[[23, 24]].mean(axis=0)
    scale = torso_px / (height * TORSO_SHARE)
    sheet = np.zeros((MASK_SIZE_PX, MASK_SIZE_PX), dtype=np.uint8)
    middle = (MASK_SIZE_PX - 1) / 2
    points = np.rint(np.clip(np.nan_to_num((xy - hips) * scale + middle), -999, 999)).astype(np.int32)
    for start, end, width in _ENDS:
        known = np.isfinite(xy[[start, end]]).all()
        if known and start not in without and end not in without:
            thickness = max(1, round(width * torso_px * bagginess))
            cv2.line(sheet, tuple(map(int, points[start])), tuple(map(int, points[end])), 1, thickness)
    cv2.fillConvexPoly(sheet, points[[LANDMARK_INDEX[name] for name in (*_TORSO[:2], *_TORSO[:1:-1])]], 1)
    return np.packbits(sheet, axis=1)


def observations(
    seen: Dance, truth: Dance, *, bagginess: float = 1.0, hidden: dict[int, tuple[int, ...]] | None = None
) -> list[Observation]:
    """What the session is fed: landmarks as seen, energy and mask of what really happened."""
    true_xy = truth.track.square_xy()
    hidden = hidden or {}
    stature = BodyHeight(FlowSettings())
    found = []
    for index, energy in enumerate(energies(truth)):
        frame = seen.track.frame(index)
        height = stature.update(frame.square_xy(), frame.time_s)
        bits = mask_bits(true_xy[index], height, bagginess, hidden.get(index, ()))
        found.append(Observation(frame, energy, bits))
    return found


@lru_cache
def reference_of(movement: str, video: Path | None = None) -> Reference:
    """The teacher: ``drawn`` seen with the sensor's errors, ``real`` as the sensor saw them."""
    if movement == "real":
        assert video is not None
        truth = danced(real_movement(video))
        beats_s = np.arange(0.0, truth.place_s[-1], 0.5)
        return build_reference(_info(movement), observations(truth, truth), beats_s=beats_s)
    truth = danced(drawn_movement())
    seen = sensed(truth, 30.0, seed=1)
    return build_reference(_info(movement), observations(seen, truth), beats_s=first_steps_routine().beats_s)


def _info(name: str) -> ReferenceInfo:
    return ReferenceInfo(name, name)


def noise_table(movement: PoseTrack) -> FloatArray:
    """Median and 95th percentile of the angles' absolute errors, shape (2, 14)."""
    truth = danced(movement)
    error = np.abs(sensed(truth, 30.0, seed=3).angles_deg - truth.angles_deg)
    return np.stack([np.nanpercentile(error, percent, axis=0) for percent in (50, 95)])
