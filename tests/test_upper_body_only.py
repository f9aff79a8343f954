"""Upper body only: legs are neither judged nor counted nor mentioned, whatever they do."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from coach.judging.cue_texts import CueTexts
from coach.judging.limb_timing_judge import LimbReading
from coach.judging.sightings import LIMB_OUT_MS
from coach.judging.verdicts import CueKind, FramingHint, JointVerdict
from coach.pose.joint_table import JOINT_COUNT, JOINTS
from coach.pose.landmark_table import BODY_PART_NAMES
from coach.pose.observation import FlowEnergy, Observation
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.session.counted_body import LEG_JOINTS, LEG_LANDMARKS, CountedBody
from coach.session.session_state import SessionState
from coach.settings.session import CoachSettings
from tests.builders_session import clean, feed, lines, observed, student_times, truth_reference, with_mistake

WHOLE = CoachSettings()
UPPER = replace(WHOLE, cues=replace(WHOLE.cues, framing=replace(WHOLE.cues.framing, upper_body_only=True)))
SPAN_S = (4.0, 24.0)
FPS = 15.0
LEG_PARTS = [index for index, name in enumerate(BODY_PART_NAMES) if name.endswith("_leg")]
LEG_WORDS = {
    "en": re.compile(r"\b(legs?|knees?|foot|feet|ankles?|hips?|stand|sit)\b", re.IGNORECASE),
    "de": re.compile(r"(bein|knie|fuß|füße|knöchel|hüft|steh|sitz|tiefer)", re.IGNORECASE),
}


@lru_cache(maxsize=2)
def upper_choreography() -> Choreography:
    return Choreography.of_reference(truth_reference(), UPPER)


def session(language: str = "en") -> CoachingSession:
    return CoachingSession(upper_choreography(), UPPER, SessionOptions(language=language))


def legs_gone_wild(observation: Observation, seed: int) -> Observation:
    """The same dancer whose legs are somewhere else in every frame."""
    rng = np.random.default_rng(seed)
    image = observation.pose.image.copy()
    image[LEG_LANDMARKS, :2] += rng.normal(0.0, 0.3, (int(LEG_LANDMARKS.sum()), 2))
    image[LEG_LANDMARKS, 3] = rng.uniform(0.0, 1.0, int(LEG_LANDMARKS.sum()))
    energy = observation.energy
    assert energy is not None
    parts = energy.parts.copy()
    parts[LEG_PARTS] = rng.uniform(0.0, 3.0, len(LEG_PARTS))
    return replace(
        observation,
        pose=observation.pose.with_image(image),
        energy=FlowEnergy(float(rng.uniform(0.0, 3.0)), parts, energy.background),
    )


@lru_cache(maxsize=16)
def stream(mistake: str | None = None, *, wild: bool = False) -> list[Observation]:
    script = clean() if mistake is None else with_mistake(mistake, *SPAN_S)
    found = observed(script, student_times(*SPAN_S, FPS), SPAN_S[0])
    return [legs_gone_wild(one, index) for index, one in enumerate(found)] if wild else found


def mentions_legs(states: list[SessionState], language: str) -> list[str]:
    return [
        state.cue.text
        for state in states
        if state.cue is not None
        and (state.cue.joint in LEG_JOINTS or LEG_WORDS[language].search(state.cue.text + " " + state.cue.speech))
    ]


def test_what_legs_do_changes_nothing_at_all() -> None:
    calm, wild = feed(session(), stream()), feed(session(), stream(wild=True))
    assert lines(calm) == lines(wild)
    assert [state.score for state in calm] == [state.score for state in wild]


@pytest.mark.parametrize(
    ("mistake", "language"),
    [
        ("low-knees", "en"),
        ("low-knees", "de"),
        ("late", "en"),
        ("small", "de"),
        ("low-energy", "en"),
        ("bent-arm", "de"),
        (None, "en"),
    ],
)
def test_no_cue_speaks_of_legs(mistake: str | None, language: str) -> None:
    """Which cue comes does not depend on the language, only how it is worded."""
    states = feed(session(language), stream(mistake, wild=True))
    assert not mentions_legs(states, language)
    for state in states:
        assert not any(limb.endswith("_leg") for limb in state.limb_timing_ms)
        legs = [reading.verdict for reading in state.joints if reading.joint in LEG_JOINTS]
        assert legs == [JointVerdict.UNSEEN] * len(LEG_JOINTS)


def test_shares_count_the_upper_body_only() -> None:
    upper = feed(session(), stream())
    assert upper[-1].position.reference_s == pytest.approx(SPAN_S[1], abs=0.3)
    assert np.mean([state.seen for state in upper[30:]]) > 0.9
    last = upper[-1].score
    assert last.judged_share > 0.85
    assert last.total is not None
    assert last.total > 85.0
    assert last.trajectory is None


def test_arms_are_judged_as_ever() -> None:
    states = feed(session(), stream("bent-arm", wild=True))
    cues = [state.cue for state in states if state.cue is not None and state.cue.kind is CueKind.JOINT]
    assert cues
    assert all(cue.joint not in LEG_JOINTS for cue in cues)
    mistakes = {r.joint for state in states for r in state.joints if r.verdict is JointVerdict.MISTAKE}
    assert any(joint.endswith("_elbow") for joint in mistakes)


def test_feet_are_not_missed() -> None:
    waiting = session().wait(stream()[0])
    assert waiting.framing is not FramingHint.FEET_CUT_OFF
    assert not np.isfinite(waiting.pose.image[LEG_LANDMARKS, 0]).any()


def test_energy_and_reach_leave_the_legs_out() -> None:
    tables = upper_choreography().tables
    assert np.isnan(tables.reach[:, 2]).all()
    assert np.isfinite(tables.reach[:, :2]).any()
    moved = np.arange(6.0)[None]
    parts = {name: index for index, name in enumerate(BODY_PART_NAMES)}
    energy = CountedBody(True).observed(replace(stream()[5], energy=FlowEnergy(9.0, moved[0], 0.0))).energy
    assert energy is not None
    assert energy.whole == pytest.approx(np.mean([parts["torso"], parts["left_arm"], parts["right_arm"]]))


def test_the_limbs_timing_loses_its_legs() -> None:
    shift_s = np.ones(JOINT_COUNT)
    reading = LimbReading({"left_arm": LIMB_OUT_MS, "left_leg": -LIMB_OUT_MS}, frozenset({"right_leg"}), shift_s)
    left = CountedBody(True).limbs(reading)
    assert set(left.called_ms) == {"left_arm"}
    assert not left.doubtful
    assert [bool(one) for one in left.shift_s] == [joint.name not in LEG_JOINTS for joint in JOINTS]
    assert CountedBody(False).limbs(reading) is reading


def test_the_whole_body_stays_as_it_was() -> None:
    observation = stream()[0]
    whole = CountedBody(False)
    assert whole.observed(observation) is observation
    assert whole.tables(upper_choreography().tables) is upper_choreography().tables
    assert whole.joints_count == JOINT_COUNT


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_word_list_knows_every_leg_cue(language: str) -> None:
    """The test above can only fail if its list of words finds every cue about legs."""
    texts = CueTexts(language)
    missed = []
    for joint in LEG_JOINTS:
        for direction in ("too_small", "too_large"):
            for situation in ("one", "both"):
                wording = texts._language.joints[f"{joint.split('_', 1)[1]}.{direction}.{situation}"]
                text = wording if isinstance(wording, str) else " ".join(wording)
                if not LEG_WORDS[language].search(text):
                    missed.append(text)
    assert not missed
