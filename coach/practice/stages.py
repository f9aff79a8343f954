"""Feedback that fades: the more often a phrase was clean, the less is shown while it is danced.

Help at first, less as it gets better, back when it does not (YouMove, Anderson et al., UIST 2013; the guidance
hypothesis, Salmoni, Schmidt & Walter, 1984).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from coach.practice.phrase_map import PhraseMap
from coach.practice.run_record import PhraseScore, RunRecord
from coach.settings.practice import StageSettings


class Stage(Enum):
    """What is shown, most first."""

    GUIDE = "guide"
    LIMBS = "limbs"
    WORDS = "words"
    BARE = "bare"

    @property
    def teacher_shown(self) -> bool:
        """The teacher's figure, and the preview of the next pose."""
        return self is Stage.GUIDE

    @property
    def limbs_shown(self) -> bool:
        """Marks on the student's own joints and limbs."""
        return self in (Stage.GUIDE, Stage.LIMBS)

    @property
    def words_shown(self) -> bool:
        """Cues, written and spoken."""
        return self is not Stage.BARE


AUTO = "auto"
"""The preference that lets the stages fade by themselves."""

_ORDER = tuple(Stage)


class FeedbackStages:
    """The stage of each phrase of one choreography.

    Parameters
    ----------
    phrases : PhraseMap
    settings : StageSettings
    preference : str
        ``auto``, or the value of a `Stage` that then holds everywhere (see `Preferences.stage`).
    history : iterable of RunRecord
        Earlier runs of this reference, oldest first: the stages go on from where they led.
    """

    def __init__(
        self, phrases: PhraseMap, settings: StageSettings, preference: str = AUTO, history: Iterable[RunRecord] = ()
    ) -> None:
        self._phrases, self._settings = phrases, settings
        self._levels = [0] * len(phrases.spans)
        self._clean_passes = [0] * len(phrases.spans)
        self.prefer(preference)
        for record in history:
            for phrase in record.phrases:
                if phrase.passes_count > 0:
                    self.finish_phrase(phrases.index_at((phrase.start_s + phrase.end_s) / 2.0), phrase)

    def prefer(self, preference: str) -> None:
        """Fix the stage, or let it fade (``auto``)."""
        self._fixed = None if preference == AUTO else Stage(preference)

    def stage_at(self, place_s: float | None) -> Stage:
        """What to show at a place of the choreography; everything where the place is not known."""
        if self._fixed is not None:
            return self._fixed
        return Stage.GUIDE if place_s is None else self.stage_of(self._phrases.index_at(place_s))

    def stage_of(self, phrase: int) -> Stage:
        """What phrase ``phrase`` has faded to."""
        return _ORDER[self._levels[phrase]]

    def finish_phrase(self, phrase: int, score: PhraseScore) -> Stage:
        """Phrase ``phrase`` was danced once; returns its stage from now on."""
        settings = self._settings
        if score.score is None or score.judged_share < settings.min_judged_share:
            return self.stage_of(phrase)
        if score.score < settings.poor_score:
            self._levels[phrase] = max(self._levels[phrase] - 1, 0)
            self._clean_passes[phrase] = 0
        elif score.score >= settings.clean_score:
            self._clean_passes[phrase] += 1
            if self._clean_passes[phrase] >= settings.clean_passes:
                self._levels[phrase] = min(self._levels[phrase] + 1, len(_ORDER) - 1)
                self._clean_passes[phrase] = 0
        return self.stage_of(phrase)
