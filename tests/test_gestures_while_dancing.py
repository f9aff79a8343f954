"""Dancing commands nothing: filmed people and drawn ones, with the gestures that the coach would choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.gestures.bindings import PRACTICE_ACTIONS, bindings_for
from coach.gestures.gesture_reader import GestureReader
from coach.pose.mirror import mirrored_track
from coach.pose.one_euro import LiveSmoother
from coach.pose.pose_frame import PoseFrame, PoseTrack
from coach.routine.mistakes import Mistake
from coach.routine.student_script import StudentScript
from coach.settings.gestures import GestureSettings
from tests.bench.tracking_footage import landmarks
from tests.builders_gestures import ALL_BOUND, sensed_poses, varied
from tests.builders_routine import routine, truth

SETTINGS = GestureSettings()
FPS = 15.0


def slowed(track: PoseTrack, tempo: float) -> Iterator[PoseFrame]:
    """The film at another speed, 15 pictures a second, its poses smoothed as live ones are."""
    smoother = LiveSmoother()
    for index in range(int(track.time_s[-1] / tempo * FPS)):
        time_s = index / FPS
        nearest = int(np.searchsorted(track.time_s, time_s * tempo))
        frame = track.frame(min(nearest, len(track) - 1))
        yield smoother.step(replace(frame, time_s=time_s))


@pytest.mark.footage
@pytest.mark.parametrize("tempo", [1.0, 0.5])
@pytest.mark.parametrize("mirrored", [False, True])
def test_filmed_dancers_command_nothing(footage: Path, tempo: float, mirrored: bool) -> None:
    """Not even with all gestures bound, those that the dance contains among them."""
    for who in ("teacher", "student"):
        track = landmarks(footage / f"{who}.mp4", "plain", 2)
        track = mirrored_track(track) if mirrored else track
        reader = GestureReader(ALL_BOUND, SETTINGS)
        states = [reader.step(frame, frame.time_s) for frame in slowed(track, tempo)]
        assert not [state for state in states if state.fired]
        assert max(state.share for state in states) < 0.7


@pytest.mark.parametrize(
    ("seed", "tempo", "mistakes"),
    [
        (1, 1.0, ("small",)),
        (2, 0.5, ()),
        (3, 0.7, ("low-energy",)),
        (4, 1.0, ("stops",)),
        (5, 0.8, ("mirrored", "late")),
    ],
)
def test_drawn_dancers_command_nothing(seed: int, tempo: float, mistakes: tuple[str, ...]) -> None:
    bindings = bindings_for(PRACTICE_ACTIONS, truth(), SETTINGS)
    how = replace(varied(seed), fps=FPS)
    planned = tuple(Mistake(name, 2.0 + 6.0 * index) for index, name in enumerate(mistakes))
    script = StudentScript(routine(), planned, how.body, tempo, how.camera)
    reader = GestureReader(bindings, SETTINGS)
    frames = sensed_poses(script.pose, np.arange(int(script.duration_s * FPS)) / FPS, how)
    assert not [state for frame in frames if (state := reader.step(frame, frame.time_s)).fired]
