"""The numbers that fix a dancer's pose at one moment: names, order, and a named view on them.

A pose is a flat vector, so that interpolating, mixing and mirroring are one line each. Lengths are metres on the stage
(x to the picture's right, z towards the camera), angles are degrees.

An arm segment points along ``(outwards, up, forwards) = (sin r cos p, -cos r, sin r sin p)`` of the trunk's frame, for
a raise ``r`` (0 hangs, 90 level, 180 overhead, above 180 across the head) and a plane ``p`` (0 to the side, 90 to the
front, 180 across the body).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_ARM = ("upper_raise", "upper_plane", "fore_raise", "fore_plane")
_FOOT = ("foot_x", "foot_z", "foot_lift", "foot_yaw", "heel_raise")

CHANNEL_NAMES: Final[tuple[str, ...]] = (
    "x",
    "z",
    "drop",
    "facing",
    "hip_roll",
    "lean",
    "bow",
    "twist",
    "head_turn",
    "head_tilt",
    "head_nod",
    "bounce",
    *(f"{side}_{name}" for side in ("left", "right") for name in _ARM),
    *(f"{side}_{name}" for side in ("left", "right") for name in _FOOT),
)
"""``drop``: hips below straight legs. ``facing``: 0 to the camera, 90 to the picture's right (the dancer's own left).
``hip_roll``, ``lean``, ``head_tilt``: positive lowers the dancer's left side. ``bow``: forwards. ``twist``,
``head_turn``: to the dancer's left. ``foot_yaw``: direction of the toes, as ``facing``. ``heel_raise``: heel off the
floor, degrees. ``bounce``: 0..1."""

CHANNEL_COUNT: Final = len(CHANNEL_NAMES)
CHANNEL_INDEX: Final[dict[str, int]] = {name: index for index, name in enumerate(CHANNEL_NAMES)}


def channel_slice(first: str, last: str) -> slice:
    """The slice of channels from ``first`` to ``last``, both included."""
    return slice(CHANNEL_INDEX[first], CHANNEL_INDEX[last] + 1)


LEFT_ARM: Final = channel_slice("left_upper_raise", "left_fore_plane")
LEFT_FOOT: Final = channel_slice("left_foot_x", "left_heel_raise")
RIGHT_FOOT: Final = channel_slice("right_foot_x", "right_heel_raise")
FEET: Final = channel_slice("left_foot_x", "right_heel_raise")
UPPER_ARM_CHANNELS: Final = tuple(CHANNEL_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in _ARM[:2])
FOREARM_CHANNELS: Final = tuple(CHANNEL_INDEX[f"{side}_{name}"] for side in ("left", "right") for name in _ARM[2:])


def named(values: FloatArray) -> dict[str, float]:
    """The channels by name."""
    return dict(zip(CHANNEL_NAMES, values.tolist(), strict=True))
