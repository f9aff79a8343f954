"""The seal behind a reference file's HDF5 data: a checksum that is looked at before HDF5 sees a single byte.

HDF5 keeps checksums of the numbers, but none of its own bookkeeping, and a few flipped bits there make the library
crash or loop for ever. HDF5 itself ignores what follows its data, so the seal troubles no other program. A program that
changes the file takes the seal off; such a file is tried out in a process of its own first (`vet`).
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Final

from coach.settings.storage import ReferenceFileSettings
from coach.storage.reference_checks import DAMAGED_ADVICE, UnfitContentError
from coach.storage.sentence_json import unpacked

SIGNATURE: Final = b"\x89HDF\r\n\x1a\n"
SEAL_MARK: Final = b"dance-reference sha256 "
SEAL_BYTES: Final = len(SEAL_MARK) + 32
BADLY_DAMAGED: Final = "it is damaged so badly that it cannot be looked at"
BLOCK_BYTES: Final = 1024 * 1024
PROJECT: Final = Path(__file__).resolve().parent.parent.parent
VET_CODE: Final = "import sys; from coach.storage.reference_vetting import main; sys.exit(main(sys.argv[1:]))"

_END_PLACES: Final = {0: 40, 1: 44, 2: 28, 3: 28}
"""Where the superblock of each version keeps the end of the HDF5 data (with addresses of 8 bytes)."""


def seal(image: bytes) -> bytes:
    """The bytes of an HDF5 file with its seal behind them."""
    return image + SEAL_MARK + hashlib.sha256(image).digest()


def is_sealed(path: Path) -> bool:
    """Whether the file has an intact seal; False if it has none at all.

    Raises
    ------
    UnfitContentError
        If the file is cut short, there is a seal and the file is not what was sealed, or bytes follow that are no seal.
    OSError
        If the file cannot be read.
    """
    with path.open("rb") as file:
        end = _end_of_data(file.read(64))
        size = file.seek(0, 2)
        if end is not None and size < end:
            raise UnfitContentError("it is cut short")
        if end is None or size == end:
            return False
        file.seek(0)
        sha, left = hashlib.sha256(), size - SEAL_BYTES
        while left > 0 and (block := file.read(min(left, BLOCK_BYTES))):
            sha.update(block)
            left -= len(block)
        if left != 0 or file.read(SEAL_BYTES) != SEAL_MARK + sha.digest():
            raise UnfitContentError("it is damaged: its content is not what was saved")
    return True


def vet(path: Path, settings: ReferenceFileSettings) -> None:
    """Read an unsealed file in a process of its own, which may crash, hang or fill its memory without harm.

    Raises `UnfitContentError` unless that process read the file without complaint.
    """
    command = [sys.executable, "-c", VET_CODE, str(path.absolute()), str(settings.vetting_memory_bytes)]
    try:
        tried = subprocess.run(
            command, cwd=PROJECT, capture_output=True, timeout=settings.vetting_timeout_s, check=False
        )
        answer = json.loads(tried.stdout or b"{}")
        problem, advice = unpacked(answer.get("problem", BADLY_DAMAGED)), unpacked(answer.get("advice", DAMAGED_ADVICE))
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise UnfitContentError(BADLY_DAMAGED) from error
    if tried.returncode != 0:
        raise UnfitContentError(problem, advice)


def _end_of_data(head: bytes) -> int | None:
    """Where the HDF5 data ends according to its superblock, if that is of a kind that is known."""
    place = _END_PLACES.get(head[8]) if len(head) == 64 and head.startswith(SIGNATURE) else None
    return None if place is None else int.from_bytes(head[place : place + 8], "little")
