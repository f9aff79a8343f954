"""How the user wants all screens to look: one small value that every screen takes."""

from __future__ import annotations

from dataclasses import dataclass

from coach.settings.checks import require_between, require_one_of
from coach.settings.preferences import THEMES as THEME_NAMES
from coach.settings.preferences import Preferences
from coach.ui import theme as themes
from coach.ui.theme import Theme

SMALLEST_TEXT, LARGEST_TEXT = 0.8, 1.5


@dataclass(frozen=True)
class Look:
    """Theme, text size, language and handedness.

    Attributes
    ----------
    theme_name : str
        One of ``coach.settings.preferences.THEMES``.
    text_scale : float
        1 for the designed size, 0.8 .. 1.5.
    language : str
    left_handed : bool
        The columns change sides.

    Raises
    ------
    SettingsError
        For a theme or a text size that there is not; a language is checked where its words are taken.
    """

    theme_name: str = "dark"
    text_scale: float = 1.0
    language: str = "en"
    left_handed: bool = False

    def __post_init__(self) -> None:
        require_one_of("theme", self.theme_name, THEME_NAMES)
        require_between("text_scale", self.text_scale, SMALLEST_TEXT, LARGEST_TEXT)

    @classmethod
    def of(cls, preferences: Preferences) -> Look:
        """The look that the user chose."""
        return cls(
            preferences.theme, preferences.text_size_percent / 100.0, preferences.language, preferences.left_handed
        )

    @property
    def theme(self) -> Theme:
        """Colours of panels and pages."""
        return themes.THEMES[self.theme_name]

    @property
    def on_picture(self) -> Theme:
        """Colours of what is drawn right over the camera's picture."""
        return themes.ON_PICTURE[self.theme_name]
