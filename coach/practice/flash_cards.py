"""Flash cards of what comes next: the first large pose of each phrase, with the limb that matters.

The rule of Dance Central's designers: one image, the first big pose, only the critical limb
filled in. Cards are made from the reference alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.normalise import normalise
from coach.pose.pose_frame import FloatArray
from coach.pose.reference import Reference
from coach.practice.phrase_map import PhraseMap
from coach.settings.practice import FlashCardSettings

_LIMB_ENDS: Final = {
    "left_arm": ("left_elbow", "left_wrist"),
    "right_arm": ("right_elbow", "right_wrist"),
    "left_leg": ("left_knee", "left_ankle"),
    "right_leg": ("right_knee", "right_ankle"),
}
_LIMBS: Final = tuple(_LIMB_ENDS)
_ENDS: Final = np.array([[LANDMARK_INDEX[name] for name in names] for names in _LIMB_ENDS.values()])


@dataclass(frozen=True)
class FlashCard:
    """One card.

    Attributes
    ----------
    at_s : float
        When the teacher holds the pose.
    phrase_start_s : float
        The phrase that it announces.
    shown_from_s : float
        Places of the choreography from which on it is shown; below 0 during the count-in.
    frame_index : int
        The pose, in the reference's track.
    limbs : tuple of str
        Body parts that matter (the teacher's own left and right), most first; empty where none is known to move.
    """

    at_s: float
    phrase_start_s: float
    shown_from_s: float
    frame_index: int
    limbs: tuple[str, ...]


def flash_cards(reference: Reference, phrases: PhraseMap, settings: FlashCardSettings) -> tuple[FlashCard, ...]:
    """One card for each phrase, in order; phrases in which nothing of the teacher is known have none."""
    track = reference.track
    body = normalise(track.square_xy(), track.image[..., 3]).xy
    lead_s = settings.lead_s
    if len(reference.beats_s) > 1:
        lead_s = settings.lead_counts * float(np.median(np.diff(reference.beats_s)))
    cards = []
    for start_s, end_s in phrases.spans:
        moved = _moved(body, track.time_s, start_s, settings)
        index = _first_large(reference, moved, start_s, start_s + settings.within_share * (end_s - start_s), settings)
        if index is not None:
            at_s = float(track.time_s[index])
            cards.append(FlashCard(at_s, start_s, start_s - lead_s, index, _limbs(moved[index], settings)))
    return tuple(cards)


def card_at(cards: Sequence[FlashCard], place_s: float) -> FlashCard | None:
    """The card to show at a place of the choreography: from two counts before its phrase until its pose is reached."""
    return next((card for card in reversed(cards) if card.shown_from_s <= place_s < card.at_s), None)


def _moved(body: FloatArray, time_s: FloatArray, start_s: float, settings: FlashCardSettings) -> FloatArray:
    """How far each limb's end is from where it was before the phrase, in torso lengths, shape (T, 4)."""
    before = min(int(np.searchsorted(time_s, start_s - settings.before_s)), len(time_s) - 1)
    distance = np.linalg.norm(body[:, _ENDS] - body[before, _ENDS], axis=-1)
    farthest: FloatArray = distance.max(axis=-1)
    return farthest


def _first_large(
    reference: Reference, moved: FloatArray, start_s: float, end_s: float, settings: FlashCardSettings
) -> int | None:
    """The first key moment that is large, or else the largest pose, between two times."""
    time_s = reference.track.time_s
    with np.errstate(invalid="ignore"):
        size = np.where(np.isfinite(moved), moved, -np.inf).max(axis=1)
    for moment_s in reference.key_moments_s:
        index = min(int(np.searchsorted(time_s, moment_s)), len(time_s) - 1)
        if start_s < moment_s <= end_s and size[index] >= settings.large_torsos:
            return index
    first, last = (int(index) for index in np.searchsorted(time_s, (start_s, end_s)))
    if last <= first or not np.isfinite(size[first:last]).any():
        return None
    return first + int(np.argmax(size[first:last]))


def _limbs(moved: FloatArray, settings: FlashCardSettings) -> tuple[str, ...]:
    """The limb that moved most, and a second one if it moved nearly as much."""
    known = [(float(far), limb) for far, limb in zip(moved, _LIMBS, strict=True) if np.isfinite(far)]
    ranked = sorted(known, key=lambda entry: -entry[0])
    if not ranked or ranked[0][0] <= 0.0:
        return ()
    enough = settings.second_share * ranked[0][0]
    return tuple(limb for far, limb in ranked[:2] if far >= enough)
