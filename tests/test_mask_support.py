"""Landmarks outside the body mask are hidden; a mask that cannot be right has no say."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from coach.judging.mask_support import MaskSupport, supported
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.routine.routine import first_steps_routine
from coach.settings.judging import VisibilitySettings
from tests.bench.judging_dances import danced, drawn_movement, observations
from tests.bench.judging_plants import LIMBS

ARM = tuple(LANDMARK_INDEX[name] for name in LIMBS["left_arm"][1])
HELD_OUT_S = 16.1 * first_steps_routine().beat_s
"""Count 16: both arms to the side."""


def at_held_arms(hidden: tuple[int, ...] = (), bagginess: float = 1.15):
    dance = danced(drawn_movement(), start_s=HELD_OUT_S)
    track = dance.track
    short = replace(track, time_s=track.time_s[:12], image=track.image[:12], world=track.world[:12])
    dance = replace(dance, place_s=dance.place_s[:12], track=short)
    return observations(dance, dance, bagginess=bagginess, hidden=dict.fromkeys(range(12), hidden))


@pytest.mark.parametrize("bagginess", [1.0, 1.15, 1.9])
def test_a_body_supports_its_own_landmarks(bagginess):
    support = MaskSupport(VisibilitySettings())
    for observation in at_held_arms(bagginess=bagginess):
        assert support.step(observation.pose, observation.mask_bits).all()


def test_a_hidden_arm_loses_its_support_but_not_for_one_frame():
    support = MaskSupport(VisibilitySettings())
    told = [support.step(one.pose, one.mask_bits) for one in at_held_arms(ARM)]
    assert told[0].all()
    wrist = LANDMARK_INDEX["left_wrist"]
    assert not told[-1][wrist]
    assert told[-1][LANDMARK_INDEX["right_wrist"]]
    assert told[-1][LANDMARK_INDEX["left_knee"]]


def test_without_a_mask_or_with_an_empty_one_everything_is_believed():
    for bits in (None, np.zeros((256, 32), dtype=np.uint8)):
        support = MaskSupport(VisibilitySettings())
        assert all(support.step(one.pose, bits).all() for one in at_held_arms())


def test_beyond_the_sheet_and_unknown_places_are_no_evidence():
    bits = np.zeros((256, 32), dtype=np.uint8)
    bits[100:160, 12:20] = 255
    places = np.full((33, 2), 128.0)
    places[15], places[16], places[19] = (300.0, 128.0), (np.nan, np.nan), (30.0, 128.0)
    told = supported(bits, places, 8.0)
    assert told[15]
    assert told[16]
    assert not told[19]
