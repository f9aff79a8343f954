"""Every cue has words, in every language, short ones, the right way round."""

from __future__ import annotations

import pytest

from coach.errors import SettingsError
from coach.judging.cue_texts import LANGUAGES, CueTexts
from coach.judging.cue_words import PLAIN_KEYS, Direction, Situation, joint_keys, kind_of, situations_of
from coach.judging.verdicts import FramingHint
from coach.pose.joint_table import JOINT_NAMES

MAX_WORDS = 5
SHORT = ("timing.", "energy.", "path.", "praise.", "word.")


@pytest.fixture(params=sorted(LANGUAGES))
def texts(request: pytest.FixtureRequest) -> CueTexts:
    return CueTexts(request.param)


def test_every_joint_direction_and_situation_has_words(texts):
    for joint, direction, situation in joint_keys():
        for side in ("left", "right"):
            words = texts.joint(joint, direction, situation, side)
            assert words.text
            assert words.speech
            assert "{" not in words.text + words.speech
            assert 1 <= len(words.text.split()) <= MAX_WORDS, words.text


def test_every_plain_key_has_words(texts):
    for key in PLAIN_KEYS:
        words = texts.plain(key)
        assert words.text
        assert words.speech
        if key.startswith(SHORT):
            assert len(words.text.split()) <= MAX_WORDS, words.text
    for hint in FramingHint:
        assert texts.framing(hint) == texts.plain(f"framing.{hint.value}")


@pytest.mark.parametrize("code", sorted(LANGUAGES))
def test_a_language_has_no_words_that_nobody_can_hear(code):
    language = LANGUAGES[code]
    wanted = {f"{kind_of(joint)}.{d.value}.{s.value}" for joint, d, s in joint_keys()}
    assert set(language.joints) == wanted
    assert set(language.plain) == set(PLAIN_KEYS)


def test_left_and_right_differ_and_directions_differ(texts):
    for joint in JOINT_NAMES:
        if kind_of(joint) == joint:
            continue
        other = joint.replace("left", "right") if joint.startswith("left") else joint.replace("right", "left")
        for situation in situations_of(joint):
            small, large = (texts.joint(joint, direction, situation) for direction in Direction)
            assert small != large
            if situation is not Situation.BOTH:
                assert texts.joint(other, Direction.TOO_SMALL, situation) != small


@pytest.mark.parametrize(
    ("joint", "direction", "situation", "side", "text"),
    [
        ("left_elbow", Direction.TOO_SMALL, Situation.ONE, None, "Left arm straighter"),
        ("right_elbow", Direction.TOO_LARGE, Situation.ONE, None, "Bend right elbow more"),
        ("left_shoulder", Direction.TOO_SMALL, Situation.ONE, None, "Left arm higher"),
        ("left_shoulder", Direction.TOO_LARGE, Situation.BOTH, None, "Both arms lower"),
        ("right_knee", Direction.TOO_LARGE, Situation.BOTH, None, "Bend your knees more"),
        ("left_hip", Direction.TOO_LARGE, Situation.LIFTED, None, "Left knee higher"),
        ("trunk", Direction.TOO_LARGE, Situation.LESS, "left", "Lean less to the left"),
        ("trunk", Direction.TOO_LARGE, Situation.MORE, "left", "Lean more to the right"),
    ],
)
def test_english_words_say_what_to_do(joint, direction, situation, side, text):
    assert CueTexts("en").joint(joint, direction, situation, side).text == text


def test_everything_holds_each_spoken_text_once(texts):
    everything = texts.everything()
    assert len(everything) == len(set(everything))
    assert texts.joint("left_elbow", Direction.TOO_SMALL) in everything
    assert texts.plain("status.lost") in everything
    assert texts.plain("word.good") not in everything


def test_languages_are_told_apart():
    assert not {t.text for t in CueTexts("en").everything()} & {t.text for t in CueTexts("de").everything()}


def test_an_unknown_language_is_named():
    with pytest.raises(SettingsError, match="de, en"):
        CueTexts("xx")
