"""What is written and what is said for every cue, in the user's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from coach.errors import SettingsError
from coach.judging.cue_words import Direction, Language, Situation, Wording, joint_keys, kind_of
from coach.judging.cue_words_english import ENGLISH
from coach.judging.cue_words_german import GERMAN
from coach.judging.verdicts import FramingHint

LANGUAGES: Final[dict[str, Language]] = {language.code: language for language in (ENGLISH, GERMAN)}


@dataclass(frozen=True)
class CueText:
    """``text`` is written on the screen, ``speech`` is said."""

    text: str
    speech: str


class CueTexts:
    """The texts of one language.

    Parameters
    ----------
    code : str
        Key of `LANGUAGES`.

    Raises
    ------
    SettingsError
        If there is no such language.
    """

    def __init__(self, code: str = "en") -> None:
        if code not in LANGUAGES:
            raise SettingsError("language", code, "one of " + ", ".join(sorted(LANGUAGES)))
        self._language = LANGUAGES[code]

    @property
    def code(self) -> str:
        """The language's code."""
        return self._language.code

    def plain(self, key: str) -> CueText:
        """The text for one of ``cue_words.PLAIN_KEYS``."""
        return _split(self._language.plain[key], {})

    def framing(self, hint: FramingHint) -> CueText:
        """What to do about a framing fault."""
        return self.plain(f"framing.{hint.value}")

    def joint(
        self, joint: str, direction: Direction, situation: Situation = Situation.ONE, side: str | None = None
    ) -> CueText:
        """How to correct ``joint``.

        Parameters
        ----------
        joint : str
        direction : Direction
            Where the angle is, seen from where it should be.
        situation : Situation
            One of ``cue_words.situations_of(joint)``.
        side : str, optional
            For trunk and neck the own side (``left``, ``right``) to which the dancer leans too far; limbs know theirs.
        """
        kind = kind_of(joint)
        own_side = joint.split("_", 1)[0] if kind != joint else side or "left"
        wording = self._language.joints[f"{kind}.{direction.value}.{situation.value}"]
        return _split(wording, dict(self._language.sides[own_side]))

    def everything(self) -> tuple[CueText, ...]:
        """Every text that can occur, each once: what a voice prepares beforehand."""
        texts = [self.plain(key) for key in self._language.plain if not key.startswith("word.")]
        for joint, direction, situation in joint_keys():
            texts += [self.joint(joint, direction, situation, side) for side in ("left", "right")]
        return tuple(dict.fromkeys(texts))


def _split(wording: Wording, forms: dict[str, str]) -> CueText:
    text, speech = (wording, wording) if isinstance(wording, str) else wording
    return CueText(text.format(**forms), speech.format(**forms))
