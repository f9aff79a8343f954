"""Colours and style of a drawn dancer: data only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

Colour = tuple[int, int, int]
"""Blue, green, red, 0..255."""


class Part(Enum):
    """What a shape of the body shows."""

    THIGH = auto()
    SHIN = auto()
    SHOE = auto()
    SOLE = auto()
    PELVIS = auto()
    SHIRT = auto()
    SLEEVE = auto()
    EMBLEM = auto()
    UPPER_ARM = auto()
    FOREARM = auto()
    HAND = auto()
    NECK = auto()
    SKIN = auto()
    HAIR = auto()
    EYE_WHITE = auto()
    EYE = auto()
    BROW = auto()
    NOSE = auto()
    LIPS = auto()


FACE_PARTS: Final = frozenset({Part.EYE_WHITE, Part.EYE, Part.BROW, Part.NOSE, Part.LIPS, Part.EMBLEM})
"""Parts that only a look with a face shows."""


@dataclass(frozen=True)
class DancerLook:
    """How a dancer is painted.

    Attributes
    ----------
    colours : mapping of Part to Colour
        One fill for each part.
    shine : float
        How much lighter the lit strip of a limb is, 0..1; 0 paints flat.
    outline : float
        How much darker the line round each shape is, 0..1; 0 draws none.
    outline_m : float
        Width of that line at the body, metres.
    face : bool
        Whether eyes, brows, nose and mouth are drawn.
    """

    colours: Mapping[Part, Colour] = field(default_factory=dict)
    shine: float = 0.16
    outline: float = 0.42
    outline_m: float = 0.006
    face: bool = True


def clothed_look(skin: Colour, hair: Colour, shirt: Colour, trousers: Colour, shoes: Colour) -> DancerLook:
    """A dancer in T-shirt and trousers."""
    shadow = tuple(int(value * 0.74) for value in skin)
    return DancerLook(
        {
            **dict.fromkeys((Part.THIGH, Part.SHIN, Part.PELVIS), trousers),
            **dict.fromkeys((Part.SHIRT, Part.SLEEVE), shirt),
            **dict.fromkeys((Part.UPPER_ARM, Part.FOREARM, Part.HAND, Part.NECK, Part.SKIN), skin),
            **dict.fromkeys((Part.HAIR, Part.BROW), hair),
            Part.EMBLEM: (236, 240, 246),
            Part.SHOE: shoes,
            Part.SOLE: (245, 245, 245),
            Part.EYE_WHITE: (248, 248, 248),
            Part.EYE: (46, 36, 32),
            Part.NOSE: (shadow[0], shadow[1], shadow[2]),
            Part.LIPS: (92, 84, 196),
        }
    )


def flat_look(colour: Colour, outline: float = 0.3) -> DancerLook:
    """One hue, no face: a figure that explains a pose without being anybody."""
    return DancerLook(dict.fromkeys(Part, colour), shine=0.0, outline=outline, outline_m=0.012, face=False)


STUDENT_LOOK: Final = clothed_look((150, 185, 232), (36, 46, 72), (58, 84, 214), (120, 74, 44), (60, 60, 66))
"""Coral shirt, blue trousers, dark brown hair: the demo's student."""

TEACHER_LOOK: Final = clothed_look((140, 172, 220), (30, 30, 34), (150, 158, 30), (70, 58, 60), (225, 225, 228))
"""Teal shirt, charcoal trousers: the teacher beside the student."""
