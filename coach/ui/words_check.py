"""What the first check and the latency check say."""

from __future__ import annotations

from typing import Final

from coach.ui.check_words import CheckStep, CheckWords, LatencyStage
from coach.ui.words_check_english import ENGLISH
from coach.ui.words_check_german import GERMAN

__all__ = ["CHECK_WORDS", "CheckStep", "CheckWords", "LatencyStage"]

CHECK_WORDS: Final[dict[str, CheckWords]] = {"en": ENGLISH, "de": GERMAN}
