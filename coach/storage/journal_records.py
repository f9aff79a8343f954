"""The records of a recording journal: plain bytes that can be read up to the last whole one.

A journal is ``MAGIC`` and then records: length (u4), CRC-32 (u4), kind (u1) and content; the checksum covers kind and
content, numbers are little-endian. The first record is the header, a JSON object. An observation is ``OBSERVATION``
(time, flags, what follows), the landmarks (33, 4) of the image and of the world as f8, then, where present, the energy
(whole, background, parts) as f8 and the deflated mask. Sound comes in blocks of 16 bit samples after their rate (u4).
"""

from __future__ import annotations

import json
import struct
import zlib
from dataclasses import asdict, dataclass, fields
from enum import IntEnum
from typing import BinaryIO, Final

import numpy as np
from numpy.typing import NDArray

from coach.pose.landmark_table import BODY_PART_NAMES, LANDMARK_COUNT
from coach.pose.observation import FlowEnergy, Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.pose.reference import MASK_SIZE_PX, Audio, ReferenceInfo

MAGIC: Final = b"dance journal 1\n"
PREFIX: Final = struct.Struct("<II")
OBSERVATION: Final = struct.Struct("<dHBB")
RATE: Final = struct.Struct("<I")
HAS_ENERGY: Final = 1
HAS_MASK: Final = 2
LANDMARK_BYTES: Final = LANDMARK_COUNT * 4 * 8
MASK_SHAPE: Final = (MASK_SIZE_PX, MASK_SIZE_PX // 8)
MASK_BYTES: Final = MASK_SHAPE[0] * MASK_SHAPE[1]
KNOWN_FLAGS: Final = sum(flag.value for flag in PictureFlags)


class RecordKind(IntEnum):
    """What a record holds."""

    HEADER = 1
    OBSERVATION = 2
    AUDIO = 3
    END = 4


@dataclass(frozen=True)
class JournalHeader:
    """What is known when a recording starts.

    Attributes
    ----------
    info : ReferenceInfo
    frame_size_px : (int, int)
    music_path : str or None
        The music file that served as the clock.
    take_of : str or None
        The file of the reference that this is a further take of; None for a reference of its own.
    """

    info: ReferenceInfo
    frame_size_px: tuple[int, int]
    music_path: str | None = None
    take_of: str | None = None


def frame_record(kind: RecordKind, content: bytes) -> bytes:
    """One record, ready to be appended."""
    body = bytes([kind]) + content
    return PREFIX.pack(len(body), zlib.crc32(body)) + body


def read_record(file: BinaryIO, max_bytes: int) -> tuple[RecordKind, bytes] | None:
    """The next whole record, or None at the end or where the rest is torn."""
    prefix = file.read(PREFIX.size)
    if len(prefix) < PREFIX.size:
        return None
    length, checksum = PREFIX.unpack(prefix)
    if not 0 < length <= max_bytes:
        return None
    body = file.read(length)
    if len(body) < length or zlib.crc32(body) != checksum or body[0] not in set(RecordKind):
        return None
    return RecordKind(body[0]), body[1:]


def pack_header(header: JournalHeader) -> bytes:
    """Content of the header record."""
    return json.dumps(asdict(header), ensure_ascii=False).encode()


def unpack_header(content: bytes) -> JournalHeader:
    """Inverse of `pack_header`; raises ValueError (also as KeyError or TypeError) for anything else."""
    raw = json.loads(content)
    known = {item.name for item in fields(ReferenceInfo)}
    info = ReferenceInfo(**{name: value for name, value in raw["info"].items() if name in known})
    width_px, height_px = raw["frame_size_px"]
    music, take_of = (None if raw.get(name) is None else str(raw[name]) for name in ("music_path", "take_of"))
    return JournalHeader(info, (int(width_px), int(height_px)), music, take_of)


def pack_observation(observation: Observation) -> bytes:
    """Content of an observation record (the frame's size stands in the header)."""
    energy, mask = observation.energy, observation.mask_bits
    contains = (HAS_ENERGY if energy is not None else 0) | (HAS_MASK if mask is not None else 0)
    pieces = [
        OBSERVATION.pack(observation.time_s, observation.picture.value, contains, 0),
        observation.pose.image.astype("<f8").tobytes(),
        observation.pose.world.astype("<f8").tobytes(),
    ]
    if energy is not None:
        pieces.append(np.array([energy.whole, energy.background, *energy.parts], "<f8").tobytes())
    if mask is not None:
        pieces.append(zlib.compress(mask.tobytes(), 1))
    return b"".join(pieces)


def unpack_observation(content: bytes, frame_size_px: tuple[int, int]) -> Observation:
    """Inverse of `pack_observation`; raises ValueError, struct.error or zlib.error for damage."""
    time_s, flags, contains, _ = OBSERVATION.unpack_from(content)
    place = OBSERVATION.size
    image = _landmarks(content, place)
    world = _landmarks(content, place + LANDMARK_BYTES)
    place += 2 * LANDMARK_BYTES
    energy = mask = None
    if contains & HAS_ENERGY:
        numbers = np.frombuffer(content, "<f8", 2 + len(BODY_PART_NAMES), place).astype(np.float64)
        energy = FlowEnergy(float(numbers[0]), numbers[2:], float(numbers[1]))
        place += numbers.nbytes
    if contains & HAS_MASK:
        bits = zlib.decompressobj().decompress(content[place:], MASK_BYTES)
        mask = np.frombuffer(bits, np.uint8).reshape(MASK_SHAPE).copy()
    pose = PoseFrame(time_s, image, world, frame_size_px)
    return Observation(pose, energy, mask, PictureFlags(flags & KNOWN_FLAGS))


def pack_audio(samples: NDArray[np.int16], rate_hz: int) -> bytes:
    """Content of one block of sound."""
    return RATE.pack(rate_hz) + samples.astype("<i2").tobytes()


def unpack_audio(blocks: list[bytes]) -> Audio | None:
    """The sound of all blocks together; None if there is none."""
    if not blocks:
        return None
    (rate_hz,) = RATE.unpack_from(blocks[0])
    samples = b"".join(block[RATE.size :] for block in blocks)
    return Audio(np.frombuffer(samples, "<i2").astype(np.int16), int(rate_hz))


def _landmarks(content: bytes, place: int) -> NDArray[np.float64]:
    values = np.frombuffer(content, "<f8", LANDMARK_COUNT * 4, place)
    return values.reshape(LANDMARK_COUNT, 4).astype(np.float64)
