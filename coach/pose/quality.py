"""How good a recording is, in numbers: who was in the picture, what of them, and what was wrong with the picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import LANDMARK_INDEX, MAIN_LANDMARKS
from coach.pose.observation import Observation, PictureFlags
from coach.pose.offline import increasing
from coach.settings.pose import QualitySettings

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

WATCHED_LANDMARKS: tuple[str, ...] = ("nose", *MAIN_LANDMARKS)
"""The landmarks whose absence is reported; the nose stands for the head."""

DEFAULT_SETTINGS = QualitySettings()


@dataclass(frozen=True)
class Stretch:
    """A stretch of time, in seconds from the first picture."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Its length."""
        return self.end_s - self.start_s


@dataclass(frozen=True)
class QualitySummary:
    """What a recording shows and what it does not.

    Attributes
    ----------
    duration_s : float
        From the first picture to the end of the last.
    frame_count : int
    no_person_s : float
        All the time without a person, short moments included.
    no_person : tuple of Stretch
        The stretches of it that are worth a word; so are all that follow.
    out_of_picture : dict of str to tuple of Stretch
        Per watched landmark, when it lay outside the picture.
    unseen : dict of str to tuple of Stretch
        Per watched landmark, when it was in the picture but hidden or blurred.
    several_people, camera_moved, dark, blurred, frozen : tuple of Stretch
        Faults of the picture.
    """

    duration_s: float
    frame_count: int
    no_person_s: float = 0.0
    no_person: tuple[Stretch, ...] = ()
    out_of_picture: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    unseen: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    several_people: tuple[Stretch, ...] = ()
    camera_moved: tuple[Stretch, ...] = ()
    dark: tuple[Stretch, ...] = ()
    blurred: tuple[Stretch, ...] = ()
    frozen: tuple[Stretch, ...] = ()

    @property
    def good(self) -> bool:
        """Whether there is nothing to say."""
        faults = (self.no_person, self.several_people, self.camera_moved, self.dark, self.blurred, self.frozen)
        return not (any(faults) or self.out_of_picture or self.unseen)


def summarise_quality(observations: list[Observation], settings: QualitySettings = DEFAULT_SETTINGS) -> QualitySummary:
    """Look through a recording, raw as the sensor gave it. Of no pictures at all, the summary is empty."""
    kept = increasing(observations)
    if not kept:
        return QualitySummary(0.0, 0)
    stamps_s = np.array([observation.time_s for observation in kept])
    edges_s = _edges(stamps_s - stamps_s[0])
    present = np.array([observation.pose.present for observation in kept])
    outside, hidden = _landmark_faults(np.stack([observation.pose.image for observation in kept]), present, settings)

    def stretches(fault: BoolArray, min_s: float) -> tuple[Stretch, ...]:
        return merged_stretches(edges_s, fault, settings.bridge_s, min_s)

    def flagged(flag: PictureFlags) -> tuple[Stretch, ...]:
        return stretches(np.array([flag in observation.picture for observation in kept]), settings.min_fault_s)

    return QualitySummary(
        duration_s=float(edges_s[-1]),
        frame_count=len(kept),
        no_person_s=float(np.diff(edges_s)[~present].sum()),
        no_person=stretches(~present, settings.min_fault_s),
        out_of_picture=_per_landmark(outside, lambda fault: stretches(fault, settings.min_fault_s)),
        unseen=_per_landmark(hidden, lambda fault: stretches(fault, settings.min_unseen_s)),
        several_people=flagged(PictureFlags.SECOND_PERSON),
        camera_moved=flagged(PictureFlags.CAMERA_MOVED),
        dark=flagged(PictureFlags.DARK),
        blurred=flagged(PictureFlags.BLURRED),
        frozen=flagged(PictureFlags.FROZEN),
    )


def merged_stretches(edges_s: FloatArray, fault: BoolArray, bridge_s: float, min_s: float) -> tuple[Stretch, ...]:
    """The times at which ``fault`` holds, neighbours merged.

    Parameters
    ----------
    edges_s : ndarray [shape=(T + 1,)], float64
        Moment ``i`` lasts from ``edges_s[i]`` to ``edges_s[i + 1]``.
    fault : ndarray [shape=(T,)], bool
    bridge_s : float
        Stretches with at most this between them become one.
    min_s : float
        Shorter ones (after merging) are left out.
    """
    changes = np.diff(np.concatenate([[False], fault, [False]]).astype(np.int8))
    merged: list[Stretch] = []
    for start, end in zip(np.flatnonzero(changes == 1), np.flatnonzero(changes == -1), strict=True):
        start_s, end_s = float(edges_s[start]), float(edges_s[end])
        if merged and start_s - merged[-1].end_s <= bridge_s:
            start_s = merged.pop().start_s
        merged.append(Stretch(start_s, end_s))
    # A hair of room: edges are sums of stamps, and a fault of just the limit counts.
    return tuple(stretch for stretch in merged if stretch.duration_s >= min_s - 1e-9)


def _edges(time_s: FloatArray) -> FloatArray:
    """Each picture lasts until the next; the last as long as the median one."""
    last_s = float(np.median(np.diff(time_s))) if len(time_s) > 1 else 0.0
    return np.append(time_s, time_s[-1] + last_s)


def _landmark_faults(image: FloatArray, present: BoolArray, settings: QualitySettings) -> tuple[BoolArray, BoolArray]:
    """Outside the picture, and inside but unseen: both (T, 33), False where there is no person at all."""
    xy, visibility = image[..., :2], np.nan_to_num(image[..., 3], nan=0.0)
    with np.errstate(invalid="ignore"):
        outside = ((xy < 0.0) | (xy > 1.0)).any(axis=-1)
    hidden = ~outside & ((visibility < settings.min_visibility) | ~np.isfinite(xy).all(axis=-1))
    return outside & present[:, None], hidden & present[:, None]


def _per_landmark(
    faults: BoolArray, stretches: Callable[[BoolArray], tuple[Stretch, ...]]
) -> dict[str, tuple[Stretch, ...]]:
    found = {name: stretches(faults[:, LANDMARK_INDEX[name]]) for name in WATCHED_LANDMARKS}
    return {name: times for name, times in found.items() if times}
