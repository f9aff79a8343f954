"""Everything that depends on the language, chosen by its code."""

from __future__ import annotations

from typing import Final

from coach.errors import SettingsError
from coach.judging.cue_texts import CueTexts
from coach.ui.commands import Command, label_of
from coach.ui.words import ScreenWords
from coach.ui.words_english import ENGLISH
from coach.ui.words_german import GERMAN

SCREEN_LANGUAGES: Final[dict[str, ScreenWords]] = {words.code: words for words in (ENGLISH, GERMAN)}


class ScreenLanguage:
    """The words of the screens, and of the cues that the screens repeat.

    Raises
    ------
    SettingsError
        If there is no such language.
    """

    def __init__(self, code: str = "en") -> None:
        if code not in SCREEN_LANGUAGES:
            raise SettingsError("language", code, "one of " + ", ".join(sorted(SCREEN_LANGUAGES)))
        self.words = SCREEN_LANGUAGES[code]
        self.cues = CueTexts(code)

    def key(self, command: Command) -> str:
        """The key of a command, as printed on it."""
        return self.words.keys.get(command, label_of(command))
