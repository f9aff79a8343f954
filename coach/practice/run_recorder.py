"""Keeps, while a student dances, what the record of the run will need: cheap enough for every frame."""

from __future__ import annotations

import statistics
from collections.abc import Sequence

from coach.alignment.tracked_position import TrackState
from coach.judging.cue_texts import CueTexts
from coach.judging.frame_credits import LONGEST_FRAME_S, LOST, no_credits
from coach.judging.gaps import gap_s
from coach.judging.mistake_spans import MistakeSpan
from coach.judging.score_formula import ScoreFormula
from coach.judging.score_reading import NO_SCORE, ScoreReading
from coach.practice.followed_frame import FollowedFrame
from coach.practice.phrase_map import PhraseMap
from coach.practice.phrase_pass import OpenPass, PassScore, PhrasePass
from coach.practice.run_record import PhraseScore, RunRecord
from coach.practice.unseen import UnseenJoints
from coach.practice.work_on import things_to_work_on
from coach.session.choreography import Choreography
from coach.session.judge_panel import PanelReading
from coach.session.motion import Span
from coach.session.session_state import SessionState
from coach.settings.practice import PracticeToolSettings
from coach.settings.session import CoachSettings


class RunRecorder:
    """Follows one practice, in the thread of the sensor.

    The judges' credits add up frame by frame and are scored by the session's own formula when a phrase ends; what to
    work on is looked for then, too. The whole has the score of the session itself.
    Of a phrase that is danced again the last complete pass counts.

    Parameters
    ----------
    choreography : Choreography
    settings : CoachSettings
    tools : PracticeToolSettings
    """

    def __init__(self, choreography: Choreography, settings: CoachSettings, tools: PracticeToolSettings) -> None:
        self._reference, self._tools = choreography.reference, tools
        self.phrases = PhraseMap.of_reference(choreography.reference, settings.cues, tools.phrases)
        formula = ScoreFormula(choreography.tables, settings.judging.score, settings.judging.angles)
        self._formulas = {False: formula, True: formula.mirrored()}
        self.restart()

    def restart(self) -> None:
        """Begin a new run: everything is forgotten."""
        self._passes: dict[int, PhrasePass] = {}
        self._passes_count: dict[int, int] = {}
        self._open: OpenPass | None = None
        self._details: dict[int, OpenPass] = {}
        self._since_pass_s = no_credits()
        self._histogram = [0] * self._tools.histogram.bins_count
        self._unseen = UnseenJoints()
        self._danced_s = 0.0
        self._seen_s = 0.0
        self._score: ScoreReading = NO_SCORE
        self._mirrored = False
        self._last_s: float | None = None

    @property
    def danced_s(self) -> float:
        """How long the student was followed."""
        return self._danced_s

    def step(self, state: SessionState, panel: PanelReading | None) -> PhrasePass | None:
        """Take in one coached frame.

        Parameters
        ----------
        state : SessionState
        panel : PanelReading or None
            What the judges said of it (`CoachingSession.panel_reading`); None while waiting or paused.

        Returns
        -------
        PhrasePass or None
            The phrase that ended just now.
        """
        time_s = state.time_s
        last_s, self._last_s = self._last_s, (None if panel is None else time_s)
        if panel is None:
            return None
        passed_s = gap_s(last_s, time_s, LONGEST_FRAME_S)
        self._score = state.score
        position = state.position
        if position.mirrored is not self._mirrored:
            self._forget_the_wrong_image(position.mirrored)
        if position.state is TrackState.FOLLOWING and position.reference_s is not None:
            return self._dance(state, panel, position.reference_s, passed_s)
        if position.state is TrackState.LOST and self._open is not None:
            self._open.credits_s[LOST] += passed_s
        return self._close() if position.state is TrackState.FINISHED else None

    def finish_pass(self) -> PassScore:
        """The score of all that was danced since the last call (or the start): for loops and plans."""
        self._close()
        reading = self._formulas[self._mirrored].reading(self._since_pass_s)
        self._since_pass_s = no_credits()
        return PassScore(reading.total, reading.judged_share)

    def record(
        self,
        worst: Sequence[MistakeSpan],
        texts: CueTexts,
        *,
        started_utc: str,
        mode: str,
        tempo_percent: float = 100.0,
        span_s: Span | None = None,
        upper_body_only: bool = False,
        constant_delay_ms: float | None = None,
    ) -> RunRecord:
        """The record of the run so far, to be made when it ends.

        Parameters
        ----------
        worst : sequence of MistakeSpan
            `CoachingSession.worst`.
        texts : CueTexts
            In the student's language.
        started_utc, mode, tempo_percent, span_s, upper_body_only, constant_delay_ms
            As in `RunRecord`.
        """
        self._close()
        settings, score, info = self._tools.record, self._score, self._reference.info
        seen_share = self._seen_s / self._danced_s if self._danced_s > 0 else 0.0
        return RunRecord(
            reference=info.name,
            title=info.title,
            started_utc=started_utc,
            danced_s=self._danced_s,
            tempo_percent=tempo_percent,
            mode=mode,
            mirrored=self._mirrored,
            span_s=span_s,
            score=score.total,
            angles=score.angles,
            trajectory=score.trajectory,
            extension=score.extension,
            timing=score.timing,
            judged_share=score.judged_share,
            seen_share=seen_share,
            phrases=tuple(self._phrase_score(index) for index in self.phrases.within(span_s)),
            worst=things_to_work_on(
                worst,
                [frame for details in self._details.values() for frame in details.wrong.worst()],
                [
                    issue
                    for index, details in self._details.items()
                    for issue in details.issues.longest(self._long_s(index))
                ],
                texts,
                settings,
                upper_body_only=upper_body_only,
            ),
            timing_histogram=tuple(self._histogram),
            unseen=self._unseen.often(settings, upper_body_only=upper_body_only),
            upper_body_only=upper_body_only,
            constant_delay_ms=constant_delay_ms,
        )

    def _dance(self, state: SessionState, panel: PanelReading, place_s: float, passed_s: float) -> PhrasePass | None:
        self._danced_s += passed_s
        self._seen_s += passed_s * state.seen
        index = self.phrases.index_at(place_s)
        ended = None
        now = self._open
        if now is None or index != now.index or place_s < now.last_s - self._tools.phrases.step_back_s:
            ended = self._close()
            now = self._open = OpenPass(index, place_s, place_s)
        now.last_s = max(now.last_s, place_s)
        now.credits_s += passed_s * panel.credits
        now.frames.append(FollowedFrame(passed_s, state.time_s, place_s, panel, state.limb_timing_ms))
        if state.timing_ms is not None:
            now.timings_ms.append(state.timing_ms)
            self._histogram[self._tools.histogram.index_of(state.timing_ms)] += 1
        return ended

    def _close(self) -> PhrasePass | None:
        """The phrase that is being danced ends here."""
        ended, self._open = self._open, None
        if ended is None:
            return None
        self._since_pass_s += ended.credits_s
        self._unseen.add(ended.frames)
        ended.wrong.add(ended.frames)
        ended.issues.add(ended.frames)
        start_s, end_s = self.phrases.spans[ended.index]
        complete = ended.last_s - ended.first_s >= self._tools.phrases.complete_share * (end_s - start_s)
        last = self._passes.get(ended.index)
        self._passes_count[ended.index] = self._passes_count.get(ended.index, 0) + complete
        done = PhrasePass(ended.index, self._scored(ended), complete)
        if complete or last is None or not last.complete:
            self._passes[ended.index] = done
            self._details[ended.index] = ended
        ended.frames.clear()
        return done

    def _scored(self, ended: OpenPass) -> PhraseScore:
        reading = self._formulas[self._mirrored].reading(ended.credits_s)
        start_s, end_s = self.phrases.spans[ended.index]
        timing_ms = statistics.median(ended.timings_ms) if ended.timings_ms else None
        return PhraseScore(start_s, end_s, reading.total, reading.judged_share, 1, timing_ms)

    def _phrase_score(self, index: int) -> PhraseScore:
        done = self._passes.get(index)
        start_s, end_s = self.phrases.spans[index]
        if done is None:
            return PhraseScore(start_s, end_s, None, 0.0, 0)
        score = done.score
        count = self._passes_count[index]
        return PhraseScore(start_s, end_s, score.score, score.judged_share, count, score.timing_ms)

    def _forget_the_wrong_image(self, mirrored: bool) -> None:
        """What came before was judged against the teacher's mirror image: it does not count, as in the session."""
        score, histogram, danced_s, seen_s = self._score, self._histogram, self._danced_s, self._seen_s
        unseen, last_s = self._unseen, self._last_s
        self.restart()
        self._score, self._histogram, self._danced_s, self._seen_s = score, histogram, danced_s, seen_s
        self._unseen, self._last_s, self._mirrored = unseen, last_s, mirrored

    def _long_s(self, phrase: int) -> float:
        """How long something has to be off in a phrase to be worth working on."""
        start_s, end_s = self.phrases.spans[phrase]
        return self._tools.record.long_share * (end_s - start_s)
