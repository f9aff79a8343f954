"""The layout of a reference file, schema version 1, and how a `Reference` is packed into it.

A file is one HDF5 group with the attributes of ``ATTRIBUTES`` and the datasets of ``ARRAYS``; ``takes/000``,
``takes/001`` ... are groups of the same kind. Text is UTF-8 of fixed length. Optional datasets are left out where
there is nothing to store: ``audio`` (with the attribute ``rate_hz``), ``sections``, ``key_moments``, ``beats_s``.
``flow_energy_parts`` has the attribute ``part_names``, a comma between two names.

A seal follows the HDF5 data (see `reference_seal`).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import BODY_PART_NAMES, LANDMARK_COUNT
from coach.pose.pose_frame import PoseTrack
from coach.pose.reference import MASK_SIZE_PX, Audio, Reference, ReferenceInfo, Section
from coach.settings.storage import ReferenceFileSettings

FORMAT: Final = "dance-reference"
SCHEMA_VERSION: Final = 1
ROUTINE: Final = "routine"
"""Source kind of a reference that is authored in code: it comes with the program."""
TAKES: Final = "takes"

SETTINGS: Final = ReferenceFileSettings()
SECTION_DTYPE: Final = np.dtype([("name", f"S{SETTINGS.max_section_name_bytes}"), ("start_s", "<f8"), ("end_s", "<f8")])


@dataclass(frozen=True)
class ArraySpec:
    """One dataset: ``tail`` is its shape after the first dimension, which is T for those that go by frame."""

    name: str
    dtype: np.dtype[Any]
    tail: tuple[int, ...] = ()
    by_frame: bool = True
    required: bool = True


F4, F8 = np.dtype("<f4"), np.dtype("<f8")

ARRAYS: Final[tuple[ArraySpec, ...]] = (
    ArraySpec("time_s", F8),
    ArraySpec("landmarks_image", F4, (LANDMARK_COUNT, 4)),
    ArraySpec("landmarks_world", F4, (LANDMARK_COUNT, 4)),
    ArraySpec("masks", np.dtype("|u1"), (MASK_SIZE_PX, MASK_SIZE_PX // 8)),
    ArraySpec("trajectory", F4, (2,)),
    ArraySpec("flow_energy", F4),
    ArraySpec("flow_energy_parts", F4, (len(BODY_PART_NAMES),)),
    ArraySpec("audio", np.dtype("<i2"), by_frame=False, required=False),
    ArraySpec("sections", SECTION_DTYPE, by_frame=False, required=False),
    ArraySpec("key_moments", F8, by_frame=False, required=False),
    ArraySpec("beats_s", F8, by_frame=False, required=False),
)

INFO_TEXTS: Final = tuple(item.name for item in fields(ReferenceInfo) if item.name != "mirrored")
ATTRIBUTES: Final[dict[str, type]] = {
    "format": str,
    "schema_version": int,
    **dict.fromkeys(INFO_TEXTS, str),
    "mirrored": bool,
    "fps": float,
    "frame_count": int,
    "duration_s": float,
    "frame_size_px": tuple,
}
ARRAY_ATTRIBUTES: Final[dict[str, dict[str, type]]] = {
    "audio": {"rate_hz": int},
    "flow_energy_parts": {"part_names": str},
}
PART_NAMES: Final = ",".join(BODY_PART_NAMES)

Attribute = str | int | float | bool | tuple[int, ...]


@dataclass(frozen=True)
class StoredReference:
    """The content of one group, in the types that the file holds."""

    attributes: dict[str, Attribute]
    arrays: dict[str, NDArray[Any]]
    array_attributes: dict[str, dict[str, Attribute]] = field(default_factory=dict)
    takes: tuple[StoredReference, ...] = ()

    @property
    def frame_count(self) -> int:
        """Number of frames T."""
        return len(self.arrays["time_s"])


def pack(reference: Reference) -> StoredReference:
    """The stored form of a reference: landmarks and energies become float32, missing landmarks wholly missing."""
    track = reference.track
    arrays: dict[str, NDArray[Any]] = {
        "time_s": track.time_s,
        "landmarks_image": _wholly_missing(track.image),
        "landmarks_world": _wholly_missing(track.world),
        "masks": reference.masks,
        "trajectory": reference.trajectory,
        "flow_energy": reference.flow_energy,
        "flow_energy_parts": reference.flow_energy_parts,
        "key_moments": reference.key_moments_s,
        "beats_s": reference.beats_s,
        "sections": np.array(
            [(section.name.encode(), section.start_s, section.end_s) for section in reference.sections],
            dtype=SECTION_DTYPE,
        ),
    }
    array_attributes: dict[str, dict[str, Attribute]] = {"flow_energy_parts": {"part_names": PART_NAMES}}
    if reference.audio is not None and len(reference.audio.pcm):
        arrays["audio"] = reference.audio.pcm
        array_attributes["audio"] = {"rate_hz": int(reference.audio.rate_hz)}
    stored = {
        spec.name: np.ascontiguousarray(arrays[spec.name], dtype=spec.dtype)
        for spec in ARRAYS
        if spec.name in arrays and (spec.required or len(arrays[spec.name]))
    }
    attributes: dict[str, Attribute] = {
        "format": FORMAT,
        "schema_version": SCHEMA_VERSION,
        **asdict(reference.info),
        "mirrored": bool(reference.info.mirrored),
        "fps": float(reference.fps),
        "frame_count": len(track),
        "duration_s": float(track.time_s[-1]) if len(track) else 0.0,
        "frame_size_px": (int(track.frame_size_px[0]), int(track.frame_size_px[1])),
    }
    return StoredReference(attributes, stored, array_attributes, tuple(pack(take) for take in reference.takes))


def unpack(stored: StoredReference) -> Reference:
    """The reference of a checked stored form, in float64."""
    attributes, arrays = stored.attributes, stored.arrays
    size_px: Any = attributes["frame_size_px"]
    track = PoseTrack(
        arrays["time_s"],
        arrays["landmarks_image"].astype(np.float64),
        arrays["landmarks_world"].astype(np.float64),
        (int(size_px[0]), int(size_px[1])),
    )
    audio = None
    if "audio" in arrays:
        audio = Audio(arrays["audio"], int(stored.array_attributes["audio"]["rate_hz"]))  # type: ignore[arg-type]
    return Reference(
        info=info_of(attributes),
        track=track,
        fps=float(attributes["fps"]),  # type: ignore[arg-type]
        masks=arrays["masks"],
        trajectory=arrays["trajectory"].astype(np.float64),
        flow_energy=arrays["flow_energy"].astype(np.float64),
        flow_energy_parts=arrays["flow_energy_parts"].astype(np.float64),
        audio=audio,
        sections=tuple(
            Section(row["name"].decode(), float(row["start_s"]), float(row["end_s"]))
            for row in arrays.get("sections", ())
        ),
        key_moments_s=arrays.get("key_moments", np.zeros(0)),
        beats_s=arrays.get("beats_s", np.zeros(0)),
        takes=tuple(unpack(take) for take in stored.takes),
    )


def info_of(attributes: dict[str, Attribute]) -> ReferenceInfo:
    """The part of the attributes that says where a reference comes from."""
    texts = {name: str(attributes[name]) for name in INFO_TEXTS}
    return ReferenceInfo(mirrored=bool(attributes["mirrored"]), **texts)


def digest(stored: StoredReference) -> str:
    """SHA-256 of the content: attributes (JSON, sorted keys), datasets (name, type, shape, bytes) and the takes."""
    sha = hashlib.sha256()
    sha.update(json.dumps([stored.attributes, stored.array_attributes], sort_keys=True).encode())
    for name in sorted(stored.arrays):
        array = stored.arrays[name]
        sha.update(f"\n{name} {array.dtype.str} {array.shape}\n".encode())
        sha.update(np.ascontiguousarray(array).view(np.uint8).data)
    for take in stored.takes:
        sha.update(digest(take).encode())
    return sha.hexdigest()


def _wholly_missing(landmarks: NDArray[np.float64]) -> NDArray[np.float64]:
    """A copy where a landmark without a place has no visibility and no other coordinate either."""
    result = landmarks.astype(np.float64, copy=True)
    result[..., 3] = np.clip(result[..., 3], 0.0, 1.0)
    result[~np.isfinite(result[..., :3]).all(axis=-1)] = (np.nan, np.nan, np.nan, 0.0)
    return result
