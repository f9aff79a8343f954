"""Reference files on the disk, and what reading them complains of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ReferenceFileError
from coach.pose.reference import Audio, Reference
from coach.storage import reference_seal
from coach.storage.reference_hdf5 import read_reference, write_reference
from tests.builders_pose import make_reference


def small_reference() -> Reference:
    audio = Audio((np.arange(400) % 90).astype(np.int16), 8000)
    return replace(make_reference(4), audio=audio, takes=(make_reference(3),))


def intact_file(folder: Path) -> bytes:
    path = folder / "x.h5"
    write_reference(path, small_reference())
    return path.read_bytes()


def unsealed(content: bytes) -> bytes:
    return content[: -reference_seal.SEAL_BYTES]


def problem_of(path: Path, read: Callable[[Path], object] = read_reference) -> str:
    """The problem that reading meets; the sentence must be one line with advice, whatever it is."""
    with pytest.raises(ReferenceFileError) as caught:
        read(path)
    assert "\n" not in str(caught.value)
    assert caught.value.advice
    return caught.value.problem
