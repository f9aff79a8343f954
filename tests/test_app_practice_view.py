"""From coached frames to what the screen shows."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest

from coach.alignment.tracked_position import FollowMode, TrackState
from coach.app.practising.coach import CoachedFrame
from coach.app.practising.practice_view import RATE_WINDOW_S, PracticeViewer, RateMeter
from coach.devices.frame_source import Frame
from coach.judging.verdicts import Cue, CueKind
from coach.session.transport import Transport
from coach.settings.ui import UiSettings
from coach.storage.session_log import LatencyMs
from coach.ui.commands import Command
from coach.ui.view import PracticeView, TeacherView
from tests.builders_session import choreography
from tests.builders_ui import make_state

FRAME = Frame(0, 9.0, np.zeros((48, 64, 3), np.uint8), captured_s=100.0)
LATENCY = LatencyMs(1.0, 1.0, 1.0, 1.0, 4.0)


class Show:
    """A viewer with everything around it."""

    def __init__(self, mode: FollowMode = FollowMode.ALONG) -> None:
        self.transport = Transport(0.0, choreography().reference.duration_s)
        self.coach: Any = Mock(paused=False, starts_s=None)
        self.coach.now_s = lambda frame: frame.captured_s
        self.viewer = PracticeViewer(choreography(), self.transport, mode, None, UiSettings())

    def take(self, now_s: float = 100.0, **state: Any) -> None:
        self.viewer.take(CoachedFrame(FRAME, make_state(**state), LATENCY), now_s)

    def view(self, now_s: float = 100.05) -> PracticeView:
        return self.viewer.view(now_s, self.coach, dropped=3, voice_on=True)


@pytest.mark.parametrize("rate_fps", [10.0, 30.0, 60.0])
def test_a_rate_counts_gaps_not_stamps(rate_fps: float) -> None:
    meter = RateMeter()
    assert meter.per_s(0.0) is None
    for index in range(round(5 * rate_fps)):
        meter.tick(index / rate_fps)
    assert meter.per_s(5.0) == pytest.approx(rate_fps)
    assert meter.per_s(5.1 + RATE_WINDOW_S) is None, "nothing comes any more"


def test_a_rate_forgets_what_is_long_past() -> None:
    meter = RateMeter()
    for index in range(100):
        meter.tick(index / 60)
    for index in range(1, 100):
        meter.tick(100 / 60 + RATE_WINDOW_S + index / 15)
    assert meter.per_s(100 / 60 + RATE_WINDOW_S + 99 / 15) == pytest.approx(15.0)


def test_a_rate_of_one_moment_is_unknown() -> None:
    meter = RateMeter()
    for _ in range(5):
        meter.tick(3.0)
    assert meter.per_s(3.0) is None


def test_before_the_first_frame_there_is_only_the_teacher() -> None:
    view = Show().view()
    assert view.bgr is None
    assert view.state is None
    assert view.teacher is not None
    assert view.sections == choreography().reference.sections


def test_overlay_and_picture_belong_together() -> None:
    show = Show()
    show.take()
    view = show.view(100.05)
    assert view.bgr is FRAME.bgr
    assert view.state is not None
    assert view.status.overlay_age_ms == pytest.approx(50.0)
    assert view.status.dropped_count == 3


def test_along_with_the_music_the_teacher_leads() -> None:
    show = Show()
    show.transport.play(80.0)
    show.take(reference_s=9.0)
    view = show.view()
    assert view.music_s == pytest.approx(20.0)
    assert view.teacher.time_s == pytest.approx(20.0, abs=0.05)


def test_otherwise_the_teacher_waits_for_the_student() -> None:
    show = Show(FollowMode.FOLLOW)
    show.take(reference_s=9.0)
    assert show.view().teacher.time_s == pytest.approx(9.0, abs=0.05)
    show.take(tracked=TrackState.LOST)
    assert show.view().teacher.time_s == pytest.approx(9.0, abs=0.05), "where the student was seen last"


@pytest.mark.parametrize(("left_counts", "number"), [(8.0, 8), (7.9, 8), (4.0, 4), (0.1, 1), (0.0, None), (-1.0, None)])
def test_the_countdown_counts_the_beats_of_the_music(left_counts: float, number: int | None) -> None:
    show = Show()
    beats_s = choreography().reference.beats_s
    show.coach.starts_s = 105.0
    show.coach.rounds.counting_in.return_value = False
    show.coach.now_s = lambda _frame: 105.0 - left_counts * float(beats_s[1] - beats_s[0])
    show.take()
    assert show.view().countdown == number


def test_captions_praise_and_notices_stay_until_replaced() -> None:
    show = Show()
    show.take()
    show.viewer.caption(Cue(9.0, 9.0, CueKind.JOINT, "left_elbow", "Left arm straighter", "left arm"), 100.0)
    show.viewer.notices = ("No voice",)
    view = show.view()
    assert view.caption is not None
    assert (view.caption.text, view.caption.kind) == ("Left arm straighter", CueKind.JOINT)
    assert view.notices == ("No voice",)


def test_keys_of_the_picture() -> None:
    show = Show()
    before = show.view()
    assert show.viewer.switches.obey(Command.HELP)
    assert show.viewer.switches.obey(Command.MIRROR)
    assert show.viewer.switches.obey(Command.TEACHER_VIEW)
    after = show.view()
    assert (before.help_shown, after.help_shown) == (False, True)
    assert (before.mirrored, after.mirrored) == (True, False)
    assert before.teacher_view is TeacherView.BESIDE
    assert after.teacher_view is not TeacherView.BESIDE
    assert not show.viewer.switches.obey(Command.PAUSE)
