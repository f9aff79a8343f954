"""The demo's drawn student before the coach: whatever is pressed, music, teacher, coach and student stay together."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.alignment.tracked_position import FollowMode, TrackState
from coach.app.options import LiveOptions, PracticeOptions
from coach.app.practising.drawn_lead import DrawnLead
from coach.app.practising.practice_request import PracticeRequest
from coach.app.sources import open_demo_source
from coach.clock import ManualClock
from coach.judging.verdicts import Cue, CueKind
from coach.pose.landmark_table import BODY_PART_NAMES
from coach.pose.observation import FlowEnergy, Observation
from coach.pose.pose_frame import PoseFrame
from coach.practice.plan import PlanKind, PlanStep, PracticePlan
from coach.routine.body import AVERAGE_BODY
from coach.routine.camera import photograph
from coach.routine.dance_along import DanceAlong
from coach.routine.skeleton import stage_landmarks
from coach.settings.routine import StageCamera
from coach.ui.commands import Command
from tests.builders_practice_scene import END_S, FPS, SECTIONS, Dancing, state
from tests.builders_runs import RunLog, run
from tests.builders_sensing import pose_model
from tests.builders_session import BLAME, BODY_HEIGHT_M

SIZE_PX = (960, 540)
JOINED_S = 1.5
"""After a change: heard, got there, and found by the coach."""


class Demo(Dancing):
    """A practice before which the drawn student of the demo stands, seen by perfect sensors."""

    def __init__(self, mode: FollowMode = FollowMode.ALONG, request: PracticeRequest | None = None) -> None:
        super().__init__(mode=mode, request=request, visible=False)
        lead = DrawnLead()
        lead.show(self.practice)
        self.act = DanceAlong(self.script, lead)
        self.cues: list[Cue] = []
        self.errors_s: list[float] = []
        self._before: PoseFrame | None = None

    def dance(self, duration_s: float, *, stay: bool = False) -> None:
        """Also keeps what is said, and how far from the music the coach believes the student to be."""
        for _ in range(round(duration_s * FPS)):
            now_s = self.clock.now_s()
            super().dance(1.0 / FPS)
            newest = self.scene._newest
            assert newest is not None
            if newest.state.cue is not None:
                self.cues.append(newest.state.cue)
            place_s, music_s = newest.state.position.reference_s, self.practice.transport.music_s(now_s)
            if place_s is not None and music_s is not None:
                self.errors_s.append(place_s - music_s)

    @property
    def blame(self) -> list[Cue]:
        return [cue for cue in self.cues if cue.kind in BLAME]

    @property
    def together(self) -> bool:
        """Whether the coach sees the student where the music is."""
        return state(self) is TrackState.FOLLOWING and abs(self.errors_s[-1]) < 0.15

    def _seen(self) -> Observation:
        now_s = self.clock.now_s()
        stage = stage_landmarks(self.act.target(now_s), AVERAGE_BODY)
        pose = photograph(stage, StageCamera(), SIZE_PX, self.time_s)
        before, self._before = self._before or pose, pose
        speed = float(np.linalg.norm(pose.world[:, :3] - before.world[:, :3], axis=1).mean()) * FPS / BODY_HEIGHT_M
        return Observation(pose, FlowEnergy(speed, np.full(len(BODY_PART_NAMES), speed), 0.0))


@pytest.mark.parametrize("key", [Command.SKIP_FORWARD, Command.SKIP_BACK, Command.RESTART])
def test_after_a_jump_the_student_is_where_the_music_is(key: Command) -> None:
    demo = Demo()
    demo.dance(12.0)
    demo.press(key)
    demo.dance(2.5)
    assert demo.together
    demo.dance(4.0)
    assert demo.together
    assert demo.blame == []


def test_a_pause_is_a_pause() -> None:
    """Nobody is blamed for it, nor told to be found again."""
    demo = Demo()
    demo.dance(8.0)
    demo.press(Command.PAUSE)
    demo.dance(5.0)
    poses = [demo.act.target(demo.clock.now_s()) for _ in range(2)]
    np.testing.assert_array_equal(*poses)
    demo.press(Command.PAUSE)
    demo.dance(JOINED_S)
    assert demo.together
    demo.dance(4.0)
    assert [cue for cue in demo.cues if cue.kind is not CueKind.PRAISE] == []


def test_a_loop_is_danced_round_after_round() -> None:
    demo = Demo()
    demo.dance(10.0)
    demo.press(Command.LOOP_START)
    demo.dance(5.0)
    demo.press(Command.LOOP_END)
    loop = demo.practice.transport.loop
    assert loop is not None
    for _ in range(3):
        demo.dance(JOINED_S)
        assert demo.together
        demo.dance(loop[1] - loop[0] - JOINED_S)
    assert demo.practice.coach.rounds.count >= 2
    assert demo.blame == []
    demo.press(Command.LOOP)
    demo.dance(JOINED_S)
    assert demo.together


def test_another_speed_is_danced() -> None:
    demo = Demo()
    demo.dance(4.0)
    for _ in range(2):
        demo.press(Command.TEMPO_DOWN)
        demo.dance(1.0)
    demo.dance(8.0)
    assert demo.practice.transport.tempo == pytest.approx(0.8)
    np.testing.assert_allclose(
        demo.act.target(demo.clock.now_s()), demo.script.pose(demo.practice.transport.position_s(demo.clock.now_s()))
    )
    assert demo.blame == []


def test_a_plan_is_danced_to_its_end() -> None:
    first, second = SECTIONS[1], SECTIONS[2]
    steps = tuple(PlanStep(PlanKind.PHRASE, (part.start_s, part.end_s), 90.0, 100.0, 1) for part in (first, second))
    plan = PracticePlan("first-steps", steps)
    demo = Demo(request=PracticeRequest("first-steps", plan=plan))
    places = []
    for _ in range(400):
        demo.dance(0.25)
        places.append(demo.practice.transport.position_s(demo.clock.now_s()))
        if demo.practice.plan.done:
            break
    assert demo.practice.plan.done, "each step was scored as danced well, so the plan went on"
    assert min(places) >= first.start_s
    assert any(before > after for before, after in pairwise(places))
    assert demo.practice.plan.last is not None
    assert demo.practice.plan.last.score is not None
    assert demo.practice.plan.last.score > 90.0


def test_without_music_the_student_obeys_too() -> None:
    demo = Demo(FollowMode.FOLLOW)
    demo.dance(8.0)
    demo.press(Command.SKIP_FORWARD)
    target_s = demo.practice.coach.place_s
    demo.dance(JOINED_S)
    assert demo.practice.coach.place_s == pytest.approx(target_s + JOINED_S, abs=0.2)
    demo.press(Command.PAUSE)
    demo.dance(3.0)
    paused_s = demo.practice.coach.place_s
    demo.press(Command.PAUSE)
    demo.dance(JOINED_S)
    assert demo.practice.coach.place_s == pytest.approx(paused_s + JOINED_S, abs=0.3)
    demo.press(Command.RESTART)
    demo.dance(JOINED_S)
    assert demo.practice.coach.place_s == pytest.approx(JOINED_S, abs=0.2)
    demo.press(Command.RESTART)
    demo.dance(JOINED_S)
    assert demo.practice.coach.place_s == pytest.approx(JOINED_S, abs=0.2), "the same place again is a jump, too"
    assert demo.blame == []


def test_without_music_a_loop_is_danced_round_after_round() -> None:
    demo = Demo(FollowMode.FOLLOW)
    demo.dance(10.0)
    demo.practice.controls.loop((SECTIONS[1].start_s, SECTIONS[1].start_s + 5.0))
    demo.dance(17.0)
    assert demo.practice.coach.rounds.count >= 2
    assert demo.blame == []


def test_one_practice_leads_at_a_time() -> None:
    lead = DrawnLead()
    with pytest.raises(RuntimeError, match="no practice"):
        lead()
    first, second = Demo(), Demo(FollowMode.FOLLOW)
    lead.show(first.practice)
    assert lead().surprising
    lead.show(second.practice)
    assert not lead().surprising
    assert lead().end_s == END_S


def test_at_full_speed_the_same_pictures_come_whoever_reads_first() -> None:
    """The coach starts the music at the first picture, while further ones are drawn already."""

    def pictures(coach_late: int) -> list[np.ndarray]:
        demo, lead = Demo(), DrawnLead()
        lead.show(demo.practice)
        live = LiveOptions(fast=True)
        coach = demo.practice.coach
        coach.starts_s = None
        demo.practice.transport.pause(0.0)
        source = open_demo_source(PracticeOptions("first-steps", live), ManualClock(), lead)
        found = []
        for index in range(6):
            if index == coach_late:
                coach.starts_s = 0.0
                demo.practice.transport.play(0.0)
            frame = source.read(1.0)
            assert frame is not None
            found.append(frame.bgr)
        source.close()
        return found

    for early, late in zip(pictures(1), pictures(5), strict=True):
        np.testing.assert_array_equal(early, late)


@pytest.mark.slow
def test_a_part_at_another_speed_is_danced_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pose_model()
    logs = []
    for number in (1, 2):
        log = tmp_path / f"{number}.jsonl"
        options = ["--fast", "--headless", "--no-voice", "--model", "full", "--log", log]
        assert run("demo", *options, "--section", "10-16", "--tempo", "90") == 0
        logs.append(RunLog.read(log))
        score = logs[-1].end["score"]
        assert capsys.readouterr().err.startswith(f"First Steps: 0:08 coached, score {score:.0f}, ")
    assert logs[0].without_latency() == logs[1].without_latency()
    frames = logs[0].frames
    assert frames[-1]["time_s"] == pytest.approx(6.0 / 0.9 + 2.0, abs=0.1), "it ends soon after the part"
    followed = [frame for frame in frames if frame["state"] == "following"]
    assert len(followed) > 0.6 * len(frames)
    errors = [frame["reference_s"] - 10.0 - 0.9 * frame["time_s"] for frame in followed]
    assert np.median(np.abs(errors)) < 0.1
    assert [cue for cue in logs[0].cues if cue["kind"] in [kind.value for kind in BLAME]] == []
