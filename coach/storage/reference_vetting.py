"""Body of the process that tries out a file of unknown origin (see `reference_seal.vet`)."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from coach.errors import ReferenceFileError
from coach.storage.reference_hdf5 import read_reference
from coach.storage.sentence_json import packed


def main(arguments: Sequence[str]) -> int:
    """Read the file ``arguments[0]`` with ``arguments[1]`` bytes of memory; 0 if it is intact, else 1 and why."""
    _limit_memory(int(arguments[1]))
    try:
        read_reference(Path(arguments[0]), trusted=True)
    except ReferenceFileError as error:
        sys.stdout.write(json.dumps({"problem": packed(error.problem), "advice": packed(error.advice)}))
        return 1
    return 0


def _limit_memory(byte_count: int) -> None:
    """Where the system can do it (not on Windows)."""
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, (byte_count, byte_count))
