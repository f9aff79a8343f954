"""What a practice hands to its result, and the page made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coach.app.built_in_names import sections_shown, teacher_shown
from coach.app.result.replay_tape import ReplayTape
from coach.app.result.result_stills import work_card
from coach.clock import clock_text
from coach.pose.reference import Section
from coach.practice.plan import PracticePlan, make_plan
from coach.practice.run_record import RunRecord
from coach.session.choreography import Choreography
from coach.session.session_state import ScoreReading
from coach.settings.practice import PracticeToolSettings
from coach.settings.storage import HistorySettings
from coach.storage.history_rows import is_whole
from coach.ui.result_view import CurvePoint, HeatPhrase, ResultPage, WorkCard
from coach.ui.words_result import RESULT_WORDS

CARDS_COUNT = 3
CURVE_RUNS_COUNT = 20
FULL_PERCENT = 100.0


@dataclass(frozen=True)
class ResultModel:
    """A run that has ended.

    Attributes
    ----------
    record : RunRecord
        In the history or on its way there if it is ``kept``.
    choreography : Choreography or None
        For the teacher's figure and the replay; None for a run of another day whose reference is not loaded.
    tape : ReplayTape or None
        The pictures; closed when the result is left for good.
    """

    record: RunRecord
    choreography: Choreography | None = None
    tape: ReplayTape | None = None
    kept: bool = True

    @property
    def has_pictures(self) -> bool:
        """Whether there is anything to replay."""
        return self.choreography is not None and self.tape is not None and len(self.tape) > 1

    def plan(self, settings: PracticeToolSettings) -> PracticePlan | None:
        """The practice plan that this run leads to."""
        return make_plan(self.record, settings.plan)


def work_cards(model: ResultModel) -> tuple[WorkCard, ...]:
    """The things to work on with their pictures: some milliseconds each, for the background."""
    record = model.record
    moments = record.worst[:CARDS_COUNT]
    if model.choreography is None:
        return tuple(WorkCard(one.text, one.start_s, one.end_s, one.reference_s) for one in moments)
    return tuple(work_card(one, model.choreography, model.tape, record.mirrored) for one in moments)


def result_page(
    model: ResultModel,
    cards: tuple[WorkCard, ...],
    earlier: Sequence[RunRecord],
    language: str,
    settings: PracticeToolSettings,
) -> ResultPage:
    """The page of the result.

    Parameters
    ----------
    model : ResultModel
    cards : tuple of WorkCard
    earlier : sequence of RunRecord
        Other runs of this reference, oldest first, without this one.
    language : str
    settings : PracticeToolSettings
    """
    record = model.record
    reference = model.choreography.reference if model.choreography is not None else None
    sections = sections_shown(reference, language) if reference is not None else ()
    score = ScoreReading(
        record.score, record.angles, record.trajectory, record.extension, record.timing, record.judged_share
    )
    whole_scores = [run.score for run in earlier if run.score is not None and was_whole(run)]
    return ResultPage(
        title=record.title,
        subtitle=subtitle(record, language),
        score=score,
        phrases=tuple(
            HeatPhrase(
                phrase.start_s,
                phrase.end_s,
                phrase.score if phrase.judged_share >= settings.plan.min_judged_share else None,
                _section_at(sections, (phrase.start_s + phrase.end_s) / 2.0),
                phrase.timing_ms,
            )
            for phrase in record.phrases
        ),
        cards=cards,
        timing_counts=record.timing_histogram if any(record.timing_histogram) else (),
        histogram=settings.histogram,
        constant_delay_ms=record.constant_delay_ms,
        unseen=record.unseen,
        curve=curve_points([*earlier, record] if model.kept else earlier, record),
        best=max(whole_scores, default=None),
        teacher_name=teacher_shown(reference.info, language) if reference is not None else "",
        kept=model.kept,
    )


def curve_points(runs: Sequence[RunRecord], present: RunRecord) -> tuple[CurvePoint, ...]:
    """Runs as points of a curve, oldest first; ``present`` stands out if it is among them."""
    scored = [run for run in runs if run.score is not None][-CURVE_RUNS_COUNT:]
    return tuple(CurvePoint(run.score or 0.0, was_whole(run), run is present) for run in scored)


def was_whole(run: RunRecord) -> bool:
    """Whether a run counts as one of the whole dance, as in the history."""
    return is_whole(run, HistorySettings().whole_share)


def subtitle(record: RunRecord, language: str) -> str:
    """What was danced, and how fast."""
    words = RESULT_WORDS[language]
    what = words.whole if was_whole(record) else words.parts
    if record.span_s is not None:
        start_s, end_s = record.span_s
        what = words.part.format(start=clock_text(start_s), end=clock_text(end_s))
    if round(record.tempo_percent) == FULL_PERCENT:
        return what
    return f"{what}, {words.at_tempo.format(tempo=round(record.tempo_percent))}"


def _section_at(sections: Sequence[Section], time_s: float) -> str:
    return next((section.name for section in sections if section.start_s <= time_s < section.end_s), "")
