"""The same dance in a mirror: left and right swapped in everything that knows them.

A mirrored pose is what the sensor would have reported of the mirrored picture: places are reflected, and what was
called left is called right. All functions undo themselves when applied twice.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coach.pose.joint_table import JOINT_INDEX, MIRROR_JOINT_INDEX, SIGNED_JOINTS
from coach.pose.landmark_table import BODY_PART_NAMES, MIRROR_LANDMARK_INDEX, mirrored_name
from coach.pose.observation import FlowEnergy, Observation
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.pose.reference import Reference

FloatArray = NDArray[np.float64]

_LANDMARK_ORDER = list(MIRROR_LANDMARK_INDEX)
_JOINT_ORDER = list(MIRROR_JOINT_INDEX)
_SIGNED = [JOINT_INDEX[name] for name in SIGNED_JOINTS]
_PART_ORDER = [BODY_PART_NAMES.index(mirrored_name(name)) for name in BODY_PART_NAMES]
_BIT_REVERSED = np.packbits(np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1)[:, ::-1], axis=1)[:, 0]


def mirrored_image(image: FloatArray) -> FloatArray:
    """Image landmarks (..., 33, 4): x becomes 1 - x, left and right change names."""
    swapped = image[..., _LANDMARK_ORDER, :]
    swapped[..., 0] = 1.0 - swapped[..., 0]
    return swapped


def mirrored_world(world: FloatArray) -> FloatArray:
    """World landmarks (..., 33, 4): x becomes -x, left and right change names."""
    swapped = world[..., _LANDMARK_ORDER, :]
    swapped[..., 0] = -swapped[..., 0]
    return swapped


def mirrored_frame(frame: PoseFrame) -> PoseFrame:
    """One pose in the mirror."""
    return replace(frame, image=mirrored_image(frame.image), world=mirrored_world(frame.world))


def mirrored_track(track: PoseTrack) -> PoseTrack:
    """A whole track in the mirror."""
    return replace(track, image=mirrored_image(track.image), world=mirrored_world(track.world))


def mirrored_angles(angles_deg: FloatArray) -> FloatArray:
    """Joint angles (..., 14): sides swapped, leans turned round."""
    swapped = angles_deg[..., _JOINT_ORDER]
    swapped[..., _SIGNED] = -swapped[..., _SIGNED]
    return swapped


def mirrored_joints(values: FloatArray) -> FloatArray:
    """Values per joint without a direction (tolerances, errors' sizes, visible shares), (..., 14): sides swapped."""
    return values[..., _JOINT_ORDER]


def mirrored_parts(values: FloatArray) -> FloatArray:
    """Values per body part, (..., n_parts): sides swapped."""
    return values[..., _PART_ORDER]


def mirrored_mask_bits(mask_bits: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Bit-packed masks (..., 256, 32): each row reversed, bit by bit."""
    reversed_bits: NDArray[np.uint8] = _BIT_REVERSED[mask_bits[..., ::-1]]
    return reversed_bits


def mirrored_trajectory(trajectory: FloatArray) -> FloatArray:
    """Paths on the floor or facing vectors, (..., 2): x turned round."""
    reflected: FloatArray = trajectory * np.array([-1.0, 1.0])
    return reflected


def mirrored_observation(observation: Observation) -> Observation:
    """What a sensor would have said of the mirrored picture."""
    energy, mask_bits = observation.energy, observation.mask_bits
    return replace(
        observation,
        pose=mirrored_frame(observation.pose),
        energy=None if energy is None else FlowEnergy(energy.whole, mirrored_parts(energy.parts), energy.background),
        mask_bits=None if mask_bits is None else mirrored_mask_bits(mask_bits),
    )


def mirrored_reference(reference: Reference) -> Reference:
    """A whole reference in the mirror, its takes too; ``info.mirrored`` is turned over."""
    return replace(
        reference,
        info=replace(reference.info, mirrored=not reference.info.mirrored),
        track=mirrored_track(reference.track),
        masks=mirrored_mask_bits(reference.masks),
        trajectory=mirrored_trajectory(reference.trajectory),
        flow_energy_parts=mirrored_parts(reference.flow_energy_parts),
        takes=tuple(mirrored_reference(take) for take in reference.takes),
    )
