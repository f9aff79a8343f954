"""The process that changes the tempo of music: the stretcher does not let go of Python's lock while it works.

Reads 16-bit mono PCM on its standard input and writes the stretched PCM on its standard output, in the computer's own
byte order. Arguments: samples a second, tempo.
"""

from __future__ import annotations

import contextlib
import os
import sys

import numpy as np

from coach.devices.time_stretch import stretched
from coach.pose.reference import Audio

_NICENESS = 5


def main() -> None:
    """Stretch once."""
    with contextlib.suppress(AttributeError, OSError):  # Windows has no nice
        os.nice(_NICENESS)
    rate_hz, tempo = int(sys.argv[1]), float(sys.argv[2])
    pcm = np.frombuffer(sys.stdin.buffer.read(), np.int16)
    sys.stdout.buffer.write(stretched(Audio(pcm, rate_hz), tempo).pcm.tobytes())


if __name__ == "__main__":
    main()
