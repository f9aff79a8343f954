"""Pages of the result screen, filled and empty."""

from __future__ import annotations

from dataclasses import replace

from coach.app.result.result_stills import body_window, still_of
from coach.gestures.gesture import Gesture, GestureAction
from coach.judging.verdicts import JointReading, JointVerdict
from coach.session.session_state import ScoreReading
from coach.ui.history_view import BACK, DanceHistory, HistoryView, RunRow
from coach.ui.preview_pane import PreviewView
from coach.ui.replay_view import ReplayMoment, ReplayView
from coach.ui.result_view import (
    CurvePoint,
    HeatPhrase,
    ResultChoice,
    ResultItem,
    ResultPage,
    ResultView,
    TeacherStill,
    WorkCard,
)
from coach.ui.teacher_framing import Figure
from tests.builders_ui import camera_picture, readings, student_pose, teacher_framing, teacher_pose

BINDINGS = {
    Gesture.RIGHT_HAND_UP: GestureAction.SELECT,
    Gesture.LEFT_ARM_OUT: GestureAction.UP,
    Gesture.RIGHT_ARM_OUT: GestureAction.DOWN,
    Gesture.HANDS_ON_HEAD: GestureAction.BACK,
}
BUTTONS = (ResultItem.PLAN, ResultItem.AGAIN, ResultItem.REPLAY, ResultItem.HOME)
LONGEST = {"en": "Right elbow: bend both elbows more", "de": "Beide Ellbogen deutlich stärker beugen"}


def make_card(text: str, place_s: float, *, pictures: bool = True) -> WorkCard:
    """A thing to work on, with a bent left arm."""
    reading = JointReading("left_elbow", 95.0, 170.0, -75.0, 20.0, JointVerdict.MISTAKE)
    still = still_of(camera_picture(), student_pose(), (reading,)) if pictures else None
    teacher = TeacherStill(Figure(teacher_pose(), body_window(teacher_pose())), ("left_arm",), flipped=True)
    return WorkCard(text, place_s - 0.5, place_s + 1.0, place_s, still, teacher)


def make_page(language: str = "en", **changes: object) -> ResultPage:
    """A full result."""
    scores = (92.0, 88.0, 47.0, 71.0, 95.0, None, 83.0, 64.0, 90.0, 99.0)
    names = ("Side steps", "Side steps", "Strong arms", "Strong arms", "Turn around", "Turn around", "Low and high",
             "Low and high", "Finale", "Finale")  # fmt: skip
    counts = (0, 2, 6, 11, 24, 40, 77, 130, 160, 120, 90, 52, 31, 12, 6, 9)
    page = ResultPage(
        title="First Steps",
        subtitle="the whole dance, at 80 %" if language == "en" else "der ganze Tanz, mit 80 %",
        score=ScoreReading(81.4, 79.0, 91.0, 72.0, 64.0, 0.94),
        phrases=tuple(
            HeatPhrase(index * 4.6, (index + 1) * 4.6, score, name, -180.0 if index == 2 else 20.0)
            for index, (score, name) in enumerate(zip(scores, names, strict=True))
        ),
        cards=(
            make_card("Left arm straighter", 11.2),
            make_card(LONGEST[language], 16.0),
            make_card("You are late" if language == "en" else "Du bist zu spät", 33.0),
        ),
        timing_counts=counts,
        unseen=(("left_wrist", 0.4), ("right_ankle", 0.32), ("right_elbow", 0.25), ("left_hip", 0.21)),
        curve=tuple(
            CurvePoint(score, whole, index == 6)
            for index, (score, whole) in enumerate(
                ((42.0, True), (55.0, True), (70.0, False), (63.0, True), (61.0, True), (90.0, False), (81.4, True))
            )
        ),
        best=63.0,
        teacher_name="Mara",
    )
    return replace(page, **changes)  # type: ignore[arg-type]


def empty_page() -> ResultPage:
    """Nothing could be judged."""
    return ResultPage("First Steps", "the whole dance", ScoreReading(None, None, None, None, None, 0.0))


def film_page() -> ResultPage:
    """A film danced well, but late: seen all the time, though not judged all the time, and not kept."""
    score = ScoreReading(99.0, 99.0, 98.0, 99.0, 12.0, 0.77)
    return make_page(score=score, cards=(), unseen=(), curve=(), best=None, kept=False)


def make_result_view(page: ResultPage | None = None, **changes: object) -> ResultView:
    """The screen right after the dance."""
    view = ResultView(
        page=page or make_page(),
        now_s=100.0,
        items=BUTTONS,
        chosen=ResultChoice(ResultItem.PLAN),
        phrase=2,
        preview=PreviewView(camera_picture(), student_pose()),
        bindings=BINDINGS,
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def make_replay_view(**changes: object) -> ReplayView:
    """In the middle of the replay, paused at a thing to work on."""
    bent = readings(("left_elbow",), ("right_hip",), ("left_wrist",))
    view = ReplayView(
        bgr=camera_picture(),
        pose=student_pose(),
        joints=bent,
        judged=True,
        now_s=50.0,
        time_s=21.0,
        start_s=5.0,
        end_s=52.0,
        reference_s=16.0,
        title="First Steps",
        teacher=teacher_pose(),
        teacher_name="Mara",
        teacher_mirrored=True,
        teacher_framing=teacher_framing(),
        moments=(
            ReplayMoment(1, 21.5, "Left arm straighter"),
            ReplayMoment(2, 30.0, "Right arm higher"),
            ReplayMoment(3, 44.0, "You are late"),
        ),
        moment=0,
        playing=False,
        speed_percent=50.0,
        preview=PreviewView(camera_picture(), student_pose()),
        bindings=BINDINGS,
    )
    return replace(view, **changes)  # type: ignore[arg-type]


def make_history_view(count: int = 3, **changes: object) -> HistoryView:
    """Some dances, the first one shown."""
    titles = ("First Steps", "Summer Nights with a rather long title", "Robot", "Waltz", "Swing", "Bolero", "Tango")
    rows = tuple(
        RunRow(f"2026-11-{20 - index:02d}  18:30", what, score)
        for index, (what, score) in enumerate(
            (("the whole dance", 81.4), ("0:09 to 0:14, at 70%", 90.0), ("the whole dance, at 80%", 61.0),
             ("the whole dance", None), ("the whole dance", 70.0), ("the whole dance", 55.0), ("0:00 to 0:05", 42.0))
        )
    )  # fmt: skip
    dances = tuple(
        DanceHistory(f"dance-{index}", titles[index % len(titles)], 7, 81.4, make_page().curve, rows)
        for index in range(count)
    )
    chosen = dances[0].name if dances else BACK
    view = HistoryView(dances, chosen, chosen, PreviewView(camera_picture(), student_pose()), BINDINGS)
    return replace(view, **changes)  # type: ignore[arg-type]
