"""Another tempo made in a process of its own is the same music, and there is music even where that process fails."""

from __future__ import annotations

import subprocess

import numpy as np
import pytest

from coach.devices import time_stretch
from coach.devices.time_stretch import stretched, stretched_apart
from coach.pose.reference import Audio

RATE_HZ = 16_000
SONG = Audio(np.random.default_rng(4).normal(0, 4000, 3 * RATE_HZ).astype(np.int16), RATE_HZ)
TIMEOUT_S = 60.0


@pytest.mark.parametrize("tempo", [0.5, 0.9, 1.2])
def test_apart_it_is_the_same(tempo: float) -> None:
    apart = stretched_apart(SONG, tempo, TIMEOUT_S)
    assert apart.rate_hz == RATE_HZ
    assert len(apart.pcm) == round(len(SONG.pcm) / tempo)
    assert np.array_equal(apart.pcm, stretched(SONG, tempo).pcm)


def test_nothing_to_change_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: pytest.fail("a process was started"))
    assert stretched_apart(SONG, 1.0, TIMEOUT_S) is SONG
    nothing = Audio(np.zeros(0, np.int16), RATE_HZ)
    assert stretched_apart(nothing, 0.5, TIMEOUT_S) is nothing


@pytest.mark.parametrize("failure", ["missing", "ends", "hangs", "too short"])
def test_a_process_that_fails_is_done_without(failure: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        if failure == "missing":
            raise FileNotFoundError
        if failure == "ends":
            raise subprocess.CalledProcessError(1, "stretch")
        if failure == "hangs":
            raise subprocess.TimeoutExpired("stretch", 1.0)
        return subprocess.CompletedProcess([], 0, stdout=b"12")

    monkeypatch.setattr(time_stretch.subprocess, "run", run)
    assert len(stretched_apart(SONG, 0.5, TIMEOUT_S).pcm) == 2 * len(SONG.pcm)
