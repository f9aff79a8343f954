"""Flash cards: the first large pose of the next phrase, with the limb that moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.pose.reference import Reference
from coach.practice.flash_cards import FlashCard, card_at, flash_cards
from coach.practice.phrase_map import PhraseMap
from coach.settings.cues import CueSettings
from coach.settings.practice import FlashCardSettings, PhraseSettings
from tests.builders_pose import make_pose_track
from tests.builders_session import truth_reference

SETTINGS = FlashCardSettings()
FPS = 30


def lifted(time_s: float) -> dict[str, object]:
    """The right arm goes up at 5 s and stays, the left one at 9.5 s."""
    right = 20.0 + 130.0 * float(np.clip((time_s - 4.6) / 0.4, 0.0, 1.0))
    left = 20.0 + 110.0 * float(np.clip((time_s - 9.1) / 0.4, 0.0, 1.0))
    return {"arms_deg": (left, right)}


def make_reference(**changes: object) -> Reference:
    track = make_pose_track(13 * FPS, pose_at=lifted)
    flow = np.full(len(track), np.nan)
    base = replace(
        truth_reference(),
        track=track,
        flow_energy=flow,
        key_moments_s=np.array([1.0, 5.0, 5.6, 9.6]),
        beats_s=np.arange(0.0, 13.0, 0.5),
    )
    return replace(base, **changes)  # type: ignore[arg-type]


def cards_of(reference: Reference) -> tuple[FlashCard, ...]:
    phrases = PhraseMap.of_reference(reference, CueSettings(), PhraseSettings())
    return flash_cards(reference, phrases, SETTINGS)


def test_the_card_is_the_first_large_key_moment_with_the_arm_that_goes_up() -> None:
    cards = cards_of(make_reference())
    assert [card.phrase_start_s for card in cards] == [0.0, 4.0, 8.0]
    assert cards[1].at_s == pytest.approx(5.0, abs=0.05)
    assert cards[1].limbs == ("right_arm",)
    assert cards[2].at_s == pytest.approx(9.6, abs=0.05)
    assert cards[2].limbs == ("left_arm",)


def test_without_key_moments_the_most_extended_pose_early_in_the_phrase_is_taken() -> None:
    card = cards_of(make_reference(key_moments_s=np.zeros(0)))[1]
    assert 4.9 <= card.at_s <= 4.0 + SETTINGS.within_share * 4.0
    assert card.limbs == ("right_arm",)


def test_a_card_is_shown_from_two_counts_before_its_phrase_until_its_pose() -> None:
    cards = cards_of(make_reference())
    assert card_at(cards, 2.9) is None
    assert card_at(cards, 3.1) is cards[1]
    assert card_at(cards, 4.5) is cards[1]
    assert card_at(cards, 5.1) is None
    assert card_at(cards, -0.5) is cards[0]


def test_without_beats_the_lead_is_in_seconds() -> None:
    reference = make_reference(beats_s=np.zeros(0), sections=())
    for card in cards_of(reference):
        assert card.phrase_start_s - card.shown_from_s == pytest.approx(SETTINGS.lead_s)


def test_the_built_in_dance_has_a_card_for_each_phrase() -> None:
    reference = truth_reference()
    phrases = PhraseMap.of_reference(reference, CueSettings(), PhraseSettings())
    cards = flash_cards(reference, phrases, SETTINGS)
    assert [card.phrase_start_s for card in cards] == [start_s for start_s, _ in phrases.spans]
    assert all(card.limbs for card in cards)
    for card, (start_s, end_s) in zip(cards, phrases.spans, strict=True):
        assert start_s <= card.at_s <= end_s
        assert reference.track.time_s[card.frame_index] == card.at_s


def test_nobody_to_see_means_no_card() -> None:
    reference = make_reference()
    image = np.full_like(reference.track.image, np.nan)
    image[..., 3] = 0.0
    assert cards_of(replace(reference, track=replace(reference.track, image=image))) == ()
