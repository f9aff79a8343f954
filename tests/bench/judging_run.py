"""One case of the judging benchmark through the whole coaching session."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from time import thread_time

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import FollowMode, MirrorMode
from coach.judging.hit_judge import HitReading
from coach.judging.verdicts import Cue, FramingHint, JointVerdict
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, Followed, SessionOptions
from coach.session.session_state import SessionState
from coach.settings.session import CoachSettings
from tests.bench.judging_cases import Case
from tests.bench.judging_dances import Dance, danced, observations, reference_of
from tests.bench.judging_perform import Performance, perform
from tests.bench.judging_plants import LIMBS

FloatArray = NDArray[np.float64]
GOOD, STYLE, MISTAKE, UNSEEN = range(4)
_NUMBERS = {
    JointVerdict.GOOD: GOOD,
    JointVerdict.STYLE: STYLE,
    JointVerdict.MISTAKE: MISTAKE,
    JointVerdict.UNSEEN: UNSEEN,
}
_PLANTED_DEG = 6.0


@dataclass
class Result:
    """What the coach said of one case, and what was true.

    Attributes
    ----------
    verdicts : ndarray [shape=(N, 14)], int
    followed : ndarray [shape=(N,)], bool
    planted : ndarray [shape=(N, 14)], bool
        Where the true angle was changed.
    change_deg, teacher_deg : ndarray [shape=(N, 14)]
        By how much, and the true angle without plants.
    hits : list of HitReading
    judge_ms : list of float
        Computing time of judging a frame.
    """

    case: Case
    time_s: FloatArray
    verdicts: NDArray[np.int8]
    followed: NDArray[np.bool_]
    planted: NDArray[np.bool_]
    change_deg: FloatArray
    teacher_deg: FloatArray
    place_error_s: FloatArray
    cues: list[Cue] = field(default_factory=list)
    limbs: list[dict[str, float]] = field(default_factory=list)
    framing: list[FramingHint | None] = field(default_factory=list)
    seen_share: FloatArray = field(default_factory=lambda: np.zeros(0))
    score: float | None = None
    judged_share: float = 0.0
    hits: list[HitReading] = field(default_factory=list)
    judge_ms: list[float] = field(default_factory=list)


@lru_cache
def choreography(movement: str, video: Path | None, settings: CoachSettings) -> Choreography:
    """The teacher of a movement, prepared."""
    return Choreography.of_reference(reference_of(movement, video), settings)


def followed_frames(performance: Performance, video: Path | None, settings: CoachSettings) -> list[Followed]:
    """The case smoothed and tracked."""
    case = performance.case
    session = _session(case, video, settings)
    hidden = {}
    for plant in case.plants:
        if plant.kind == "hidden":
            rows = tuple(LANDMARK_INDEX[name] for name in LIMBS[plant.part][1])
            during = (performance.seen.track.time_s >= plant.start_s) & (performance.seen.track.time_s <= plant.end_s)
            hidden.update({int(index): rows for index in np.flatnonzero(during)})
    # What the camera does not show is not in the mask either, and the mask shows where a limb really is.
    shown = performance.seen if case.group == "cut_off" else performance.truth
    fed = observations(performance.seen, shown, bagginess=case.bagginess, hidden=hidden)
    places = performance.truth.place_s
    return [
        session.follow(observation, float(place) if case.music else None)
        for observation, place in zip(fed, places, strict=True)
    ]


def judged(performance: Performance, frames: list[Followed], video: Path | None, settings: CoachSettings) -> Result:
    """What the coach says of the followed frames."""
    case, truth = performance.case, performance.truth
    session = _session(case, video, settings)
    states: list[SessionState] = []
    hits: list[HitReading] = []
    judge_ms = []
    for frame in frames:
        began_s = thread_time()
        states.append(session.judge(frame))
        judge_ms.append(1e3 * (thread_time() - began_s))
        assert session.panel_reading is not None
        hits.append(session.panel_reading.hits)
    change = truth.angles_deg - performance.clean.angles_deg
    places = [np.nan if state.position.reference_s is None else state.position.reference_s for state in states]
    return Result(
        case=case,
        time_s=truth.track.time_s,
        verdicts=np.array([[_NUMBERS[joint.verdict] for joint in state.joints] for state in states], dtype=np.int8),
        followed=np.isfinite(places),
        planted=~(np.abs(change) < _PLANTED_DEG),
        change_deg=change,
        teacher_deg=performance.clean.angles_deg,
        place_error_s=np.array(places) - truth.place_s,
        cues=[state.cue for state in states if state.cue is not None],
        limbs=[dict(getattr(state, "limb_timing_ms", {})) for state in states],
        framing=[state.framing for state in states],
        seen_share=np.array([state.seen for state in states]),
        score=states[-1].score.total,
        judged_share=states[-1].score.judged_share,
        hits=hits,
        judge_ms=judge_ms,
    )


def run(case: Case, video: Path | None, settings: CoachSettings, *, pictures: bool = False) -> Result:
    """One case from movement to cues, simulated or through drawn pictures and the pose model."""
    performance = perform(case, video, pictures=pictures)
    return judged(performance, followed_frames(performance, video, settings), video, settings)


def other_dance(video: Path, settings: CoachSettings, *, music: bool) -> list[float]:
    """Scores of the wrong dance: each movement against the other's reference."""
    scores = []
    for reference, student in (("drawn", "real"), ("real", "drawn")):
        performance = perform(Case("other", student, (), 1), video)
        session = _session(Case("other", reference, (), 1, music=music), video, settings)
        scores.append(
            _score(session, observations(performance.seen, performance.truth), performance.truth, music=music)
        )
    return scores


def self_copy(movement: str, video: Path | None, settings: CoachSettings) -> float:
    """Score of the reference's own recording."""
    session = _session(Case("self", movement, (), 1), video, settings)
    truth = danced(reference_of(movement, video).track)
    return _score(session, observations(truth, truth), truth, music=True)


def _score(session: CoachingSession, fed: list[Observation], danced_by: Dance, *, music: bool) -> float:
    state = None
    for observation, time_s in zip(fed, danced_by.track.time_s, strict=True):
        state = session.feed(observation, float(time_s) if music else None)
    assert state is not None
    return state.score.total or 0.0


def _session(case: Case, video: Path | None, settings: CoachSettings) -> CoachingSession:
    mode = FollowMode.ALONG if case.music else FollowMode.FOLLOW
    # Who takes the other way may as well dance the mirror image; so these dancers have said which it is.
    chosen = any(plant.kind == "direction" for plant in case.plants)
    options = SessionOptions(mode=mode, mirror=MirrorMode.OFF if chosen else MirrorMode.AUTO)
    return CoachingSession(choreography(case.movement, video, settings), settings, options)
