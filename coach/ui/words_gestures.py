"""What the gestures are called and what they do, on the screens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from coach.gestures.gesture import Gesture, GestureAction


@dataclass(frozen=True)
class GestureWords:
    """All words of one language.

    Attributes
    ----------
    title, hold : str
        Head of the panel that teaches the gestures, and the line below it.
    gestures : mapping
        How each is done.
    practice, menu, paused : mapping
        What each action does while dancing, on a menu, and on the menu of a paused dance.
    """

    title: str
    hold: str
    gestures: Mapping[Gesture, str]
    practice: Mapping[GestureAction, str]
    menu: Mapping[GestureAction, str]
    paused: Mapping[GestureAction, str]


ENGLISH: Final = GestureWords(
    title="Without touching anything",
    hold="Hold the pose until the ring is full",
    gestures={
        Gesture.LEFT_HAND_UP: "Left hand up",
        Gesture.RIGHT_HAND_UP: "Right hand up",
        Gesture.BOTH_HANDS_UP: "Both hands up",
        Gesture.LEFT_ARM_OUT: "Left arm out",
        Gesture.RIGHT_ARM_OUT: "Right arm out",
        Gesture.ARMS_CROSSED: "Arms crossed high",
        Gesture.HANDS_ON_HEAD: "Hands on your head",
        Gesture.HANDS_ON_HIPS: "Hands on your hips",
    },
    practice={
        GestureAction.PAUSE: "Pause",
        GestureAction.RESTART: "Start again",
        GestureAction.BACK: "Back 8 counts",
        GestureAction.NEXT: "Next section",
        GestureAction.SELECT: "OK",
        GestureAction.UP: "Previous",
        GestureAction.DOWN: "Next",
    },
    menu={
        GestureAction.PAUSE: "Pause",
        GestureAction.RESTART: "Start again",
        GestureAction.BACK: "Go back",
        GestureAction.NEXT: "Next",
        GestureAction.SELECT: "OK",
        GestureAction.UP: "Previous",
        GestureAction.DOWN: "Next",
    },
    paused={
        GestureAction.PAUSE: "Go on",
        GestureAction.RESTART: "Start again",
        GestureAction.BACK: "Back 8 counts",
        GestureAction.NEXT: "Next section",
        GestureAction.SELECT: "OK",
        GestureAction.UP: "Previous",
        GestureAction.DOWN: "Next",
    },
)

GERMAN: Final = GestureWords(
    title="Ohne etwas anzufassen",
    hold="Halte die Pose, bis der Ring voll ist",
    gestures={
        Gesture.LEFT_HAND_UP: "Linke Hand hoch",
        Gesture.RIGHT_HAND_UP: "Rechte Hand hoch",
        Gesture.BOTH_HANDS_UP: "Beide Hände hoch",
        Gesture.LEFT_ARM_OUT: "Linken Arm zur Seite",
        Gesture.RIGHT_ARM_OUT: "Rechten Arm zur Seite",
        Gesture.ARMS_CROSSED: "Arme oben kreuzen",
        Gesture.HANDS_ON_HEAD: "Hände auf den Kopf",
        Gesture.HANDS_ON_HIPS: "Hände an die Hüften",
    },
    practice={
        GestureAction.PAUSE: "Pause",
        GestureAction.RESTART: "Von vorn",
        GestureAction.BACK: "8 Zählzeiten zurück",
        GestureAction.NEXT: "Nächster Teil",
        GestureAction.SELECT: "OK",
        GestureAction.UP: "Voriges",
        GestureAction.DOWN: "Nächstes",
    },
    menu={
        GestureAction.PAUSE: "Pause",
        GestureAction.RESTART: "Von vorn",
        GestureAction.BACK: "Zurück",
        GestureAction.NEXT: "Weiter",
        GestureAction.SELECT: "OK",
        GestureAction.UP: "Voriges",
        GestureAction.DOWN: "Nächstes",
    },
    paused={
        GestureAction.PAUSE: "Weitertanzen",
        GestureAction.RESTART: "Von vorn",
        GestureAction.BACK: "8 Zählzeiten zurück",
        GestureAction.NEXT: "Nächster Teil",
        GestureAction.SELECT: "OK",
        GestureAction.UP: "Voriges",
        GestureAction.DOWN: "Nächstes",
    },
)

GESTURE_WORDS: Final[dict[str, GestureWords]] = {"en": ENGLISH, "de": GERMAN}
"""By the codes of ``coach.ui.language``."""
