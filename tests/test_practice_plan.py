"""The practice plan: what it takes up, in which order, at which speed, and that learners come through it sooner."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.practice.plan import PlanKind, make_plan, plan_for_span, weakest_phrases
from coach.practice.plan_runner import PlanMessage, PlanRunner
from coach.settings.practice import PlanSettings
from tests.builders_practice import PHRASE_S, Learner, make_phrase, make_run

SETTINGS = PlanSettings()
ALL_SEEN = 0.95


def spans(*scores: float | None) -> list[tuple[PlanKind, float, float]]:
    plan = make_plan(make_run(*scores), SETTINGS)
    assert plan is not None
    return [(step.kind, step.span_s[0] / PHRASE_S, step.span_s[1] / PHRASE_S) for step in plan.steps]


def runner(*scores: float | None) -> PlanRunner:
    plan = make_plan(make_run(*scores), SETTINGS)
    assert plan is not None
    return PlanRunner(plan, SETTINGS)


def test_weak_phrases_come_from_the_last_to_the_first_each_chained_with_the_next_then_the_whole() -> None:
    assert spans(95, 40, 90, 60, 99) == [
        (PlanKind.PHRASE, 3, 4),
        (PlanKind.CHAIN, 3, 5),
        (PlanKind.PHRASE, 1, 2),
        (PlanKind.CHAIN, 1, 3),
        (PlanKind.WHOLE, 0, 5),
    ]


def test_the_last_phrase_is_chained_with_the_one_before() -> None:
    assert spans(95, 90, 30)[:2] == [(PlanKind.PHRASE, 2, 3), (PlanKind.CHAIN, 1, 3)]


def test_a_dance_of_one_phrase_has_nothing_to_chain() -> None:
    assert spans(50) == [(PlanKind.PHRASE, 0, 1)]


def test_at_most_three_phrases_and_the_weakest_ones() -> None:
    weakest = weakest_phrases(make_run(50, 10, 60, 30, 20), SETTINGS)
    assert [phrase.score for phrase in weakest] == [10, 20, 30]


def test_phrases_that_could_not_be_judged_are_left_out() -> None:
    run = make_run(90, 88, phrases=(make_phrase(0, 20, 0.1), make_phrase(1, None), make_phrase(2, 70)))
    assert [phrase.start_s for phrase in weakest_phrases(run, SETTINGS)] == [2 * PHRASE_S]
    assert make_plan(make_run(None, None), SETTINGS) is None


def test_a_phrase_that_is_right_but_late_needs_practice() -> None:
    run = make_run(99, 99, phrases=(make_phrase(0, 99), make_phrase(1, 97, timing_ms=-380.0)))
    assert [phrase.start_s for phrase in weakest_phrases(run, SETTINGS)] == [PHRASE_S]


def test_after_a_perfect_dance_the_plan_begins_nearly_at_full_speed() -> None:
    assert runner(99, 98, 100).now.tempo_percent == 90


def test_clean_passes_speed_up_to_full_speed_and_then_chain() -> None:
    plan = runner(40, 95)
    tempos = [plan.now.tempo_percent]
    messages = []
    while plan.now.kind is PlanKind.PHRASE:
        move = plan.finish_pass(80, ALL_SEEN)
        tempos.append(move.tempo_percent)
        messages.append(move.message)
    assert tempos == [70, 80, 90, 100, 100]
    assert messages == [PlanMessage.FASTER] * 3 + [PlanMessage.CHAIN]


def test_a_very_good_pass_skips_a_step_of_speed() -> None:
    plan = runner(40, 95)
    assert plan.finish_pass(96, ALL_SEEN).tempo_percent == 90


def test_a_poor_pass_slows_down_and_a_middling_one_is_danced_again() -> None:
    plan = runner(40, 95)
    assert (plan.finish_pass(60, ALL_SEEN).message, plan.now.tempo_percent) == (PlanMessage.AGAIN, 70)
    assert (plan.finish_pass(20, ALL_SEEN).message, plan.now.tempo_percent) == (PlanMessage.SLOWER, 60)


def test_what_was_not_seen_changes_nothing() -> None:
    plan = runner(40, 95)
    before = plan.now
    for score, share in ((None, 0.0), (90.0, 0.2), (10.0, 0.1)):
        move = plan.finish_pass(score, share)
        assert move.message is PlanMessage.NOT_SEEN
        assert (move.span_s, move.tempo_percent, move.step_index) == (before.span_s, 70, 0)


def test_nobody_is_stuck() -> None:
    plan = runner(40, 50, 60, 95)
    moves = [plan.finish_pass(0.0, ALL_SEEN) for _ in range(2 * SETTINGS.tries_count * plan.now.steps_count)]
    assert moves[-1].message is PlanMessage.DONE
    assert PlanMessage.MOVE_ON in [move.message for move in moves]


def test_going_back_and_forth_ends_too() -> None:
    plan = plan_for_span("x", (0.0, 4.0), SETTINGS)
    run = PlanRunner(plan, SETTINGS)
    moves = [run.finish_pass(80.0 if count % 2 == 0 else 20.0, ALL_SEEN) for count in range(60)]
    assert any(move.done for move in moves)


def test_skipping_goes_through_all_steps() -> None:
    plan = runner(40, 95, 50)
    kinds = [plan.now.kind]
    while not plan.skip().done:
        kinds.append(plan.now.kind)
    assert kinds == [step.kind for step in plan.plan.steps]
    assert plan.skip() == plan.now


@given(
    st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=12),
    st.lists(st.tuples(st.one_of(st.none(), st.floats(0, 100)), st.floats(0, 1)), max_size=80),
)
def test_any_learner_stays_within_the_dance_and_the_tempo(
    scores: list[float | None], passes: list[tuple[float | None, float]]
) -> None:
    plan = make_plan(make_run(*scores), SETTINGS)
    if plan is None:
        assert all(score is None for score in scores)
        return
    run = PlanRunner(plan, SETTINGS)
    for score, share in passes:
        last = run.now
        move = run.finish_pass(score, share)
        assert 0 <= move.span_s[0] < move.span_s[1] <= PHRASE_S * len(scores)
        assert SETTINGS.slowest_percent <= move.tempo_percent <= SETTINGS.full_percent
        assert last.step_index <= move.step_index < move.steps_count
        assert not last.done or move == last


@pytest.mark.parametrize("weak", [(2,), (1, 4), (0, 3, 5)])
@pytest.mark.parametrize("level", [0.3, 0.45, 0.6])
def test_simulated_learners_reach_the_criterion_sooner_than_by_repeating_the_whole(
    weak: tuple[int, ...], level: float
) -> None:
    def start() -> dict[int, float]:
        return {phrase: level if phrase in weak else 0.95 for phrase in range(7)}

    def good(learner: Learner) -> bool:
        return min(learner.skills.values()) >= 0.8

    whole = (0.0, 7 * PHRASE_S)
    repeating = Learner(start())
    while not good(repeating) and repeating.danced_s < 3600:
        repeating.dance(whole, 100.0)
    planned = Learner(start())
    while not good(planned) and planned.danced_s < 3600:
        run = make_run(*(100.0 * skill for skill in planned.skills.values()))
        plan = make_plan(run, SETTINGS)
        assert plan is not None
        steps = PlanRunner(plan, SETTINGS)
        while not steps.now.done and not good(planned):
            score = planned.dance(steps.now.span_s, steps.now.tempo_percent)
            steps.finish_pass(score, ALL_SEEN)
    assert good(planned)
    assert planned.danced_s < 0.75 * repeating.danced_s
