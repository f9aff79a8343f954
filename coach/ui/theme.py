"""Colours and typography: the Okabe-Ito palette (told apart by colour-blind people) on dark glass."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

Rgb = tuple[int, int, int]


class Role(Enum):
    """What a text is for; each role has one size (design units) and weight."""

    HUGE = (220.0, 700)
    NUMBER = (56.0, 600)
    CAPTION = (38.0, 600)
    DISPLAY = (34.0, 600)
    TITLE = (21.0, 600)
    STRONG = (17.0, 600)
    BODY = (17.0, 400)
    LABEL = (14.0, 500)
    SMALL = (13.0, 400)

    @property
    def size(self) -> float:
        """Size in design units."""
        return self.value[0]

    @property
    def weight(self) -> int:
        """100 thin .. 900 black."""
        return self.value[1]


MIN_TEXT_PX = 12
"""No text is smaller, however small the window."""


@dataclass(frozen=True)
class Theme:
    """The look of the product.

    Attributes
    ----------
    good, style, mistake, unseen : Rgb
        Verdicts, always joined with a shape: disc, ring, diamond, dashes.
    teacher : Rgb
        Everything that belongs to the teacher.
    panel_opacity : float
        Of the dark glass behind text: dark enough that text on it stays readable over a white wall.
    """

    ink: Rgb = (12, 16, 26)
    panel: Rgb = (16, 21, 34)
    raised: Rgb = (44, 52, 72)
    text: Rgb = (246, 248, 251)
    text_dim: Rgb = (190, 199, 214)
    good: Rgb = (86, 180, 233)
    style: Rgb = (240, 228, 66)
    mistake: Rgb = (240, 152, 0)
    unseen: Rgb = (150, 158, 172)
    praise: Rgb = (60, 200, 150)
    teacher: Rgb = (238, 214, 230)
    teacher_far: Rgb = (168, 128, 158)
    ghost: Rgb = (150, 70, 140)
    accent: Rgb = (204, 121, 167)
    bone: Rgb = (238, 243, 250)
    record: Rgb = (255, 84, 72)
    panel_opacity: float = 0.86
    hairline_opacity: float = 0.10
    backdrop_strength: float = 0.24
    modal_brightness: float = 0.34
    margin: float = 20.0
    gap: float = 12.0
    padding: float = 16.0
    radius: float = 14.0


def relative_luminance(rgb: tuple[float, float, float]) -> float:
    """WCAG 2 relative luminance, 0 black .. 1 white."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: tuple[float, float, float], second: tuple[float, float, float]) -> float:
    """WCAG 2 contrast ratio, 1..21."""
    light, dark = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
