"""Colours and typography: the Okabe-Ito palette (told apart by colour-blind people) on glass, in three themes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

Rgb = tuple[int, int, int]


class Role(Enum):
    """What a text is for; each role has one size (design units), weight, and share in the user's text size.

    Small letters follow the user's text size whole; what can be read from anywhere in the room follows it less.
    """

    HUGE = (220.0, 700, 0.0)
    NUMBER = (56.0, 600, 0.25)
    CAPTION = (38.0, 600, 0.4)
    DISPLAY = (34.0, 600, 0.4)
    TITLE = (21.0, 600, 0.8)
    STRONG = (17.0, 600, 1.0)
    BODY = (17.0, 400, 1.0)
    LABEL = (14.0, 500, 1.0)
    SMALL = (13.0, 400, 1.0)

    @property
    def size(self) -> float:
        """Size in design units."""
        return self.value[0]

    @property
    def weight(self) -> int:
        """100 thin .. 900 black."""
        return self.value[1]

    def scaled(self, text_scale: float) -> float:
        """Size in design units where the user wants all text ``text_scale`` times as large."""
        return self.size * (1.0 + (text_scale - 1.0) * self.value[2])


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
    focus : Rgb
        The frame of what is chosen.
    ink : Rgb
        Behind everything; ``panel`` is the glass that text stands on, ``raised`` what lies on the glass.
    panel_opacity : float
        Of the glass behind text: dense enough that text on it stays readable over any picture.
    """

    ink: Rgb = (12, 16, 26)
    panel: Rgb = (16, 21, 34)
    raised: Rgb = (44, 52, 72)
    text: Rgb = (246, 248, 251)
    text_dim: Rgb = (190, 199, 214)
    good: Rgb = (86, 180, 233)
    style: Rgb = (240, 228, 66)
    mistake: Rgb = (240, 152, 0)
    unseen: Rgb = (154, 162, 176)
    praise: Rgb = (60, 200, 150)
    teacher: Rgb = (238, 214, 230)
    teacher_far: Rgb = (168, 128, 158)
    ghost: Rgb = (150, 70, 140)
    accent: Rgb = (204, 121, 167)
    bone: Rgb = (238, 243, 250)
    record: Rgb = (255, 84, 72)
    focus: Rgb = (120, 200, 245)
    panel_opacity: float = 0.86
    hairline_opacity: float = 0.10
    backdrop_strength: float = 0.24
    modal_brightness: float = 0.34
    margin: float = 20.0
    gap: float = 12.0
    padding: float = 16.0
    radius: float = 14.0


DARK: Final = Theme()

LIGHT: Final = replace(
    DARK,
    ink=(238, 241, 246),
    panel=(250, 251, 253),
    raised=(214, 221, 233),
    text=(16, 22, 36),
    text_dim=(64, 74, 94),
    good=(0, 92, 150),
    style=(104, 84, 0),
    mistake=(158, 58, 0),
    unseen=(88, 96, 112),
    praise=(0, 98, 70),
    teacher=(112, 34, 88),
    teacher_far=(168, 120, 152),
    accent=(140, 40, 98),
    record=(176, 24, 16),
    focus=(0, 92, 150),
    panel_opacity=0.92,
    hairline_opacity=0.16,
    backdrop_strength=0.12,
)

HIGH_CONTRAST: Final = replace(
    DARK,
    ink=(0, 0, 0),
    panel=(0, 0, 0),
    raised=(38, 38, 38),
    text=(255, 255, 255),
    text_dim=(232, 236, 242),
    good=(110, 210, 255),
    style=(255, 240, 60),
    mistake=(255, 176, 0),
    unseen=(196, 202, 212),
    praise=(90, 235, 175),
    teacher=(255, 215, 240),
    teacher_far=(205, 140, 185),
    accent=(255, 150, 205),
    bone=(255, 255, 255),
    record=(255, 120, 105),
    focus=(255, 240, 60),
    panel_opacity=1.0,
    hairline_opacity=0.8,
    backdrop_strength=0.0,
    modal_brightness=0.2,
)

THEMES: Final[dict[str, Theme]] = {"dark": DARK, "light": LIGHT, "high-contrast": HIGH_CONTRAST}
"""By the names in ``coach.settings.preferences.THEMES``."""

ON_PICTURE: Final[dict[str, Theme]] = {"dark": DARK, "light": DARK, "high-contrast": HIGH_CONTRAST}
"""What is drawn right over the camera's picture keeps its colours, however light the glass around it."""


def relative_luminance(rgb: tuple[float, float, float]) -> float:
    """WCAG 2 relative luminance, 0 black .. 1 white."""
    linear = [c / 255 / 12.92 if c / 255 <= 0.04045 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: tuple[float, float, float], second: tuple[float, float, float]) -> float:
    """WCAG 2 contrast ratio, 1..21."""
    light, dark = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
