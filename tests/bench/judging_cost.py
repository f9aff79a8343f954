"""What judging a frame costs with a long reference, planning and the record of the run included; no pose model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from coach.alignment.tracked_position import FollowMode
from coach.alignment.warm_up import warm_up
from coach.pose.reference import Reference
from coach.practice.run_recorder import RunRecorder
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.settings.practice import PracticeToolSettings
from coach.settings.session import CoachSettings
from tests.bench.figures import Row, Samples, summed
from tests.bench.judging_dances import danced, observations, sensed
from tests.bench.long_dance import long_reference

REFERENCE_S = 300.0
_FPS = 30.0
_OTHER_NUMBERS = 4_000_000
"""As many as fill the processor's caches."""


def measure_judging(short: Reference, frames: int, reference_s: float = REFERENCE_S) -> list[Row]:
    """A dancer as a pose model sees one, against a reference of ``reference_s``, frame by frame in this thread.

    Once with nothing between two frames, and once with other work between them that fills the processor's caches, as
    the pose model's does in real life.

    Parameters
    ----------
    short : Reference
        The built-in routine's; repeated until it is long enough.
    frames : int
        How many are measured (at most a minute of them), after one second that is not.
    """
    settings = CoachSettings()
    reference = long_reference(short, reference_s)
    choreography = Choreography.of_reference(reference, settings)
    warm_up()
    numbers, matrix = np.ones(_OTHER_NUMBERS), np.ones((160, 160))

    def nothing() -> None:
        pass

    def other_work() -> None:
        numbers.sum()
        np.dot(matrix, matrix)

    title = f"Judging, reference of {reference_s:.0f} s ({len(choreography.features)} frames)"
    return [
        *_measured(choreography, settings, frames, nothing, f"{title}, frame after frame"),
        *_measured(choreography, settings, frames, other_work, f"{title}, other work between two frames"),
    ]


def _measured(
    choreography: Choreography, settings: CoachSettings, frames: int, between: Callable[[], None], title: str
) -> list[Row]:
    skipped = round(_FPS)
    truth = danced(choreography.reference.track, fps=_FPS, length_s=(frames + skipped) / _FPS)
    session = CoachingSession(choreography, settings, SessionOptions(FollowMode.ALONG))
    recorder = RunRecorder(choreography, settings, PracticeToolSettings())
    judge, record = Samples(), Samples()
    following = 0.0
    for number, observation in enumerate(observations(sensed(truth, _FPS, seed=1), truth)):
        followed = session.follow(observation, float(truth.place_s[number]))
        between()
        parts = Samples(), Samples()
        with parts[0].timed():
            state = session.judge(followed)
        with parts[1].timed():
            recorder.step(state, session.panel_reading)
        if number >= skipped:
            judge.add(parts[0].wall_ms[0], parts[0].cpu_ms[0])
            record.add(parts[1].wall_ms[0], parts[1].cpu_ms[0])
            following += state.position.reference_s is not None
    return [
        judge.row(title, "judging, planning", f"following {following / len(judge.wall_ms):.0%}"),
        record.row(title, "record of the run"),
        summed([judge, record]).row(title, "all judging", "budget: 1 ms at the median"),
    ]
