"""From the raw stream of a recording to a reference: the one way in, for videos and for the camera."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from coach.errors import CoachError
from coach.pose.gaps import fill_gaps
from coach.pose.key_moments import key_moments_s
from coach.pose.landmark_table import BODY_PART_NAMES
from coach.pose.observation import Observation
from coach.pose.pose_frame import PoseTrack
from coach.pose.reference import MASK_SIZE_PX, Audio, Reference, ReferenceInfo, Section
from coach.pose.trajectory import floor_trajectory
from coach.pose.zero_phase import smooth_track
from coach.settings.pose import OfflineSettings, OfflineSmoothingSettings

FloatArray = NDArray[np.float64]

DEFAULT_SETTINGS = OfflineSettings()


class NoDancerError(CoachError, ValueError):
    """A recording that shows too little of a person to be a reference."""

    def __init__(self, person_frame_count: int, frame_count: int) -> None:
        self.person_frame_count, self.frame_count = person_frame_count, frame_count
        if frame_count == 0:
            self.problem = "there are no pictures in it"
        elif person_frame_count == 0:
            self.problem = f"no person was found in any of its {frame_count} pictures"
        else:
            self.problem = f"a person was found in only {person_frame_count} of its {frame_count} pictures"
        self.advice = "Film the whole body, from head to feet, in good light, and try again"
        super().__init__(f"{self.problem}. {self.advice}")


def build_reference(
    info: ReferenceInfo,
    observations: list[Observation],
    *,
    audio: Audio | None = None,
    sections: tuple[Section, ...] = (),
    beats_s: FloatArray | None = None,
    settings: OfflineSettings = DEFAULT_SETTINGS,
) -> Reference:
    """Make a reference of a recording.

    Moments whose time does not lie after the one before are dropped, the first becomes time 0 (where ``audio``,
    ``sections`` and ``beats_s`` start), short gaps are filled, landmarks are smoothed without lag.

    Parameters
    ----------
    info : ReferenceInfo
    observations : list of Observation
        In order, raw as the sensor gave them (not smoothed live).
    audio, sections, beats_s
        Stored as they are, on the reference's clock.
    settings : OfflineSettings

    Returns
    -------
    Reference
        Masks are empty and energies nan where they are unknown.

    Raises
    ------
    NoDancerError
        Fewer than ``settings.min_person_frame_count`` moments show a person.
    ValueError
        Pictures of different sizes, or a mask of a wrong shape.
    """
    kept = increasing(observations)
    person_frame_count = sum(observation.pose.present for observation in kept)
    if person_frame_count < settings.min_person_frame_count:
        raise NoDancerError(person_frame_count, len(kept))
    track = clean_track(_raw_track(kept), settings.smoothing)
    flow_energy, flow_energy_parts = _energies(kept)
    return Reference(
        info=info,
        track=track,
        fps=float(1.0 / np.median(np.diff(track.time_s))),
        masks=_masks(kept),
        trajectory=floor_trajectory(track, settings.trajectory),
        flow_energy=flow_energy,
        flow_energy_parts=flow_energy_parts,
        audio=audio,
        sections=tuple(sections),
        key_moments_s=key_moments_s(track, flow_energy, settings.key_moments),
        beats_s=np.zeros(0) if beats_s is None else np.asarray(beats_s, dtype=np.float64),
    )


def clean_track(track: PoseTrack, settings: OfflineSmoothingSettings) -> PoseTrack:
    """Short gaps filled, long ones missing, positions smoothed without lag."""
    return smooth_track(fill_gaps(track, settings), settings)


def increasing(observations: list[Observation]) -> list[Observation]:
    """The observations whose time lies after all before them (a camera may repeat a stamp, a file may step back)."""
    kept: list[Observation] = []
    last_s = -np.inf
    for observation in observations:
        if np.isfinite(observation.time_s) and observation.time_s > last_s:
            kept.append(observation)
            last_s = observation.time_s
    return kept


def _raw_track(observations: list[Observation]) -> PoseTrack:
    sizes = {observation.pose.frame_size_px for observation in observations}
    if len(sizes) != 1:
        raise ValueError(f"all pictures of a recording must have one size, got {sorted(sizes)}")
    track = PoseTrack.from_frames([observation.pose for observation in observations])
    return PoseTrack(track.time_s - track.time_s[0], track.image, track.world, track.frame_size_px)


def _energies(observations: list[Observation]) -> tuple[FloatArray, FloatArray]:
    whole = np.full(len(observations), np.nan)
    parts = np.full((len(observations), len(BODY_PART_NAMES)), np.nan)
    for index, observation in enumerate(observations):
        if observation.energy is not None:
            whole[index] = observation.energy.whole
            parts[index] = observation.energy.parts
    return whole, parts


def _masks(observations: list[Observation]) -> NDArray[np.uint8]:
    shape = (MASK_SIZE_PX, MASK_SIZE_PX // 8)
    masks = np.zeros((len(observations), *shape), dtype=np.uint8)
    for index, observation in enumerate(observations):
        if observation.mask_bits is not None:
            if observation.mask_bits.shape != shape:
                raise ValueError(f"a mask must have shape {shape}, got {observation.mask_bits.shape}")
            masks[index] = observation.mask_bits
    return masks
