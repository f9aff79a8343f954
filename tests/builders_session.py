"""The pure session on the built-in routine's exact landmarks: a reference, students, and what the session says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np

from coach.judging.verdicts import CueKind, JointVerdict
from coach.pose.landmark_table import BODY_PART_NAMES, LANDMARK_COUNT
from coach.pose.observation import FlowEnergy, Observation
from coach.pose.offline import build_reference
from coach.pose.pose_frame import FloatArray, PoseFrame
from coach.pose.reference import Reference, ReferenceInfo
from coach.routine.mistakes import Mistake
from coach.routine.student_script import StudentScript
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.session.session_state import SessionState
from coach.settings.session import CoachSettings
from coach.settings.storage import LogSettings
from coach.storage.log_entries import LatencyMs, as_line, frame_entry
from tests.builders_routine import FPS, routine

NO_LATENCY = LatencyMs(0.0, 0.0, 0.0, 0.0, 0.0)
SPEED_SPAN_S = 1 / 30
BODY_HEIGHT_M = 1.7
BLAME = (CueKind.JOINT, CueKind.TIMING, CueKind.ENERGY, CueKind.PATH)
Music = Callable[[float], float | None]


def student_times(start_s: float, end_s: float, fps: float = FPS) -> FloatArray:
    return np.arange(round(start_s * fps), round(end_s * fps)) / fps


def observed(script: StudentScript, times_s: Iterable[float], shift_s: float = 0.0) -> list[Observation]:
    """``script`` at each time, as perfect sensors would give it; the clock reads ``shift_s`` less."""
    return [_observation(script, float(time_s), shift_s) for time_s in times_s]


def nobody(times_s: Iterable[float]) -> list[Observation]:
    """An empty room."""
    image = np.full((LANDMARK_COUNT, 4), np.nan)
    image[:, 3] = 0.0
    size_px = StudentScript().moment(0.0).pose.frame_size_px
    return [Observation(PoseFrame(float(time_s), image, image.copy(), size_px)) for time_s in times_s]


@lru_cache(maxsize=1)
def truth_reference() -> Reference:
    """The routine as perfect sensors would record it."""
    script = StudentScript(routine())
    return build_reference(
        ReferenceInfo(name="truth", title="Truth"),
        observed(script, student_times(0.0, routine().duration_s)),
        sections=routine().sections,
        beats_s=routine().beats_s,
    )


@lru_cache(maxsize=1)
def choreography() -> Choreography:
    return Choreography.of_reference(truth_reference(), CoachSettings())


def new_session(**options: object) -> CoachingSession:
    return CoachingSession(choreography(), CoachSettings(), SessionOptions(**options))  # type: ignore[arg-type]


def feed(session: CoachingSession, stream: Iterable[Observation], music: Music = lambda _: None) -> list[SessionState]:
    return [session.feed(observation, music(observation.time_s)) for observation in stream]


def lines(states: Iterable[SessionState]) -> list[str]:
    """All that the log would hold of the states, for comparing."""
    return [as_line(frame_entry(state, NO_LATENCY, LogSettings())) + repr(state.cue) for state in states]


def clean() -> StudentScript:
    return StudentScript(routine())


def with_mistake(name: str, start_s: float, end_s: float = float("inf")) -> StudentScript:
    return StudentScript(routine(), (Mistake(name, start_s, end_s),))


def along_music(time_s: float) -> float:
    return time_s


def cues(states: Iterable[SessionState]) -> list[tuple[CueKind, str | None, str]]:
    return [(state.cue.kind, state.cue.joint, state.cue.text) for state in states if state.cue is not None]


def blame(states: Iterable[SessionState]) -> list[tuple[CueKind, str | None, str]]:
    return [cue for cue in cues(states) if cue[0] in BLAME]


def place_errors_s(states: Iterable[SessionState], script: StudentScript, shift_s: float = 0.0) -> np.ndarray:
    """Distance from the true place; infinite where the place is unknown."""
    return np.array(
        [
            np.inf
            if state.position.reference_s is None
            else abs(state.position.reference_s - script.reference_s(state.time_s + shift_s))
            for state in states
        ]
    )


def verdicts(states: Iterable[SessionState], joint: str | None = None) -> list[JointVerdict]:
    return [reading.verdict for state in states for reading in state.joints if joint is None or reading.joint == joint]


def mistake_share(found: list[JointVerdict]) -> float:
    judged = [verdict for verdict in found if verdict is not JointVerdict.UNSEEN]
    assert judged
    return judged.count(JointVerdict.MISTAKE) / len(judged)


def _observation(script: StudentScript, time_s: float, shift_s: float) -> Observation:
    pose = script.moment(time_s).pose
    before = script.moment(max(0.0, time_s - SPEED_SPAN_S)).pose
    moved = pose.world[:, :3] - before.world[:, :3]
    speed = float(np.linalg.norm(moved, axis=1).mean()) / SPEED_SPAN_S / BODY_HEIGHT_M
    energy = FlowEnergy(speed, np.full(len(BODY_PART_NAMES), speed), 0.0)
    shifted = PoseFrame(time_s - shift_s, pose.image, pose.world, pose.frame_size_px)
    return Observation(shifted, energy)
