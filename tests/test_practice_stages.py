"""What is shown fades after clean passes and comes back after poor ones."""

from __future__ import annotations

import pytest

from coach.errors import SettingsError
from coach.practice.phrase_map import PhraseMap
from coach.practice.stages import FeedbackStages, Stage
from coach.settings.practice import StageSettings
from coach.settings.preferences import STAGES
from tests.builders_practice import PHRASE_S, make_phrase, make_run

PHRASES = PhraseMap(tuple((index * PHRASE_S, (index + 1) * PHRASE_S) for index in range(3)))
CLEAN, MIDDLING, POOR = 90.0, 65.0, 20.0


def stages(preference: str = "auto", **history: object) -> FeedbackStages:
    return FeedbackStages(PHRASES, StageSettings(), preference, **history)  # type: ignore[arg-type]


def danced(fading: FeedbackStages, *scores: float | None, phrase: int = 1) -> Stage:
    for score in scores:
        fading.finish_phrase(phrase, make_phrase(phrase, score))
    return fading.stage_at(phrase * PHRASE_S + 1.0)


def test_two_clean_passes_show_less_down_to_nothing() -> None:
    fading = stages()
    assert danced(fading) is Stage.GUIDE
    assert danced(fading, CLEAN) is Stage.GUIDE
    assert [danced(fading, CLEAN), danced(fading, CLEAN, CLEAN), danced(fading, CLEAN, CLEAN)] == [
        Stage.LIMBS,
        Stage.WORDS,
        Stage.BARE,
    ]
    assert danced(fading, CLEAN, CLEAN, CLEAN) is Stage.BARE


def test_a_poor_pass_brings_help_back_and_a_middling_one_changes_nothing() -> None:
    fading = stages()
    danced(fading, CLEAN, CLEAN, CLEAN, CLEAN)
    assert danced(fading, MIDDLING, MIDDLING) is Stage.WORDS
    assert danced(fading, POOR) is Stage.LIMBS
    assert danced(fading, POOR, POOR, POOR) is Stage.GUIDE


def test_each_phrase_fades_for_itself_and_an_unknown_place_gets_all_help() -> None:
    fading = stages()
    assert danced(fading, CLEAN, CLEAN, phrase=2) is Stage.LIMBS
    assert fading.stage_at(0.0) is Stage.GUIDE
    assert fading.stage_at(None) is Stage.GUIDE


def test_what_could_not_be_judged_changes_nothing() -> None:
    fading = stages()
    danced(fading, CLEAN)
    fading.finish_phrase(1, make_phrase(1, CLEAN, judged_share=0.1))
    assert danced(fading, None) is Stage.GUIDE
    assert danced(fading, CLEAN) is Stage.LIMBS


@pytest.mark.parametrize("preference", [name for name in STAGES if name != "auto"])
def test_a_chosen_stage_holds_everywhere(preference: str) -> None:
    fading = stages(preference)
    assert danced(fading, CLEAN, CLEAN, POOR).value == preference
    assert fading.stage_at(None).value == preference
    fading.prefer("auto")
    assert fading.stage_of(1) is Stage.GUIDE  # what was danced meanwhile has counted


def test_every_preference_is_a_stage() -> None:
    assert {"auto", *(stage.value for stage in Stage)} == set(STAGES)


def test_the_stages_go_on_where_earlier_runs_led() -> None:
    runs = [make_run(CLEAN, CLEAN, MIDDLING), make_run(CLEAN, POOR, CLEAN)]
    fading = stages(history=runs)
    assert [fading.stage_of(index) for index in range(3)] == [Stage.LIMBS, Stage.GUIDE, Stage.GUIDE]


def test_less_shown_never_shows_more() -> None:
    shown = [(stage.teacher_shown, stage.limbs_shown, stage.words_shown) for stage in Stage]
    assert shown == sorted(shown, reverse=True)
    assert shown[0] == (True, True, True)
    assert shown[-1] == (False, False, False)


def test_settings_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(SettingsError, match="below clean_score"):
        StageSettings(clean_score=50.0, poor_score=60.0)
