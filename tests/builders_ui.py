"""Views for the screens: a drawn person in a drawn room, and every state that a screen can be in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.gestures.bindings import PRACTICE_ACTIONS, bindings_for
from coach.judging.verdicts import CueKind, EnergyReading, EnergyVerdict, FramingHint, JointReading, JointVerdict
from coach.pose.joint_table import JOINTS
from coach.pose.pose_frame import PoseFrame
from coach.pose.reference import Section
from coach.practice.framing_guide import GuideReading
from coach.practice.stages import Stage
from coach.session.session_state import ScoreReading, SessionState
from coach.settings.gestures import GestureSettings
from coach.settings.ui import UiSettings
from coach.ui.practice_tools import CardView, LoopView, PauseChoice, PauseView, TeacherSide, ToolsView
from coach.ui.teacher_framing import TeacherFraming
from coach.ui.view import Caption, PracticeView, Praise, StatusNumbers, TeacherView
from coach.vision.draw_body import draw_sample_picture
from tests.builders_pose import make_pose_frame, make_pose_track

WIDE_PX, TALL_PX = (640, 360), (405, 540)
SIZES_PX = ((800, 600), (1280, 720), (1920, 1080))
DURATION_S = 38.0
SECTIONS = (
    Section("Intro", 0.0, 5.0),
    Section("Verse", 5.0, 13.0),
    Section("Chorus", 13.0, 24.0),
    Section("Bridge", 24.0, 29.0),
    Section("Chorus again", 29.0, 37.0),
)
TEACHER_POSE = {"arms_deg": (120.0, 60.0), "elbows_deg": 175.0, "legs_deg": 25.0, "height": 0.7}
NO_SCORE = ScoreReading(None, None, None, None, None, 0.0)
SCORE = ScoreReading(87.4, 85.0, 91.0, 78.0, 93.0, 0.94)
UNSEEN_ENERGY = EnergyReading(None, None, EnergyVerdict.UNSEEN)


def student_pose(frame_size_px: tuple[int, int] = WIDE_PX) -> PoseFrame:
    """A person with the left arm raised and bent."""
    return make_pose_frame(
        9.0, arms_deg=(120.0, 60.0), elbows_deg=(95.0, 165.0), frame_size_px=frame_size_px, height=0.66
    )


def teacher_pose() -> PoseFrame:
    """The same with straight arms."""
    return make_pose_frame(9.0, **TEACHER_POSE)


@lru_cache(maxsize=4)
def camera_picture(frame_size_px: tuple[int, int] = WIDE_PX) -> NDArray[np.uint8]:
    """The student in a drawn room."""
    return draw_sample_picture(student_pose(frame_size_px))


@lru_cache(maxsize=1)
def teacher_framing() -> TeacherFraming:
    """Framing of a teacher who stands still."""
    return TeacherFraming.of_track(make_pose_track(300, pose_at=lambda _: TEACHER_POSE), UiSettings().body)


def readings(
    mistakes: Collection[str] = (), styles: Collection[str] = (), unseen: Collection[str] = ()
) -> tuple[JointReading, ...]:
    """Readings of all joints, good where not named."""
    found = []
    for joint in JOINTS:
        verdict, error_deg = JointVerdict.GOOD, 2.0
        if joint.name in mistakes:
            verdict, error_deg = JointVerdict.MISTAKE, -35.0
        elif joint.name in styles:
            verdict, error_deg = JointVerdict.STYLE, 14.0
        if joint.name in unseen:
            found.append(JointReading(joint.name, None, None, None, joint.tolerance_deg, JointVerdict.UNSEEN))
        else:
            found.append(JointReading(joint.name, 100.0, 100.0 - error_deg, error_deg, joint.tolerance_deg, verdict))
    return tuple(found)


def make_state(
    tracked: TrackState = TrackState.FOLLOWING,
    *,
    joints: tuple[JointReading, ...] | None = None,
    timing_ms: float | None = -60.0,
    energy: EnergyReading | None = None,
    score: ScoreReading = SCORE,
    framing: FramingHint | None = None,
    pose: PoseFrame | None = None,
    reference_s: float = 9.0,
    ambiguous: bool = False,
) -> SessionState:
    """A session in the middle of a dance."""
    following = tracked is TrackState.FOLLOWING
    place_s = reference_s if following else None
    return SessionState(
        frame_index=270,
        pose=pose or student_pose(),
        position=TrackedPosition(9.0, tracked, place_s, 0.93, 1.02, False, ambiguous),
        timing_ms=timing_ms if following else None,
        seen=0.97,
        joints=joints or readings(),
        energy=energy or (EnergyReading(0.8, 1.1, EnergyVerdict.GOOD) if following else UNSEEN_ENERGY),
        score=score,
        framing=framing,
    )


def make_view(state: SessionState | None = None, **changes: object) -> PracticeView:
    """A practice in full swing, changed where wanted."""
    base = PracticeView(
        bgr=camera_picture(),
        state=state or make_state(),
        now_s=100.0,
        duration_s=DURATION_S,
        title="Summer Nights",
        teacher_name="Mara",
        teacher=teacher_pose(),
        teacher_framing=teacher_framing(),
        sections=SECTIONS,
        music_s=9.06,
        energy_full=1.9,
        status=StatusNumbers(30.0, 60.0, 24.0, 0),
    )
    return replace(base, **changes)


def caption(text: str, kind: CueKind = CueKind.JOINT, shown_s: float = 99.0) -> Caption:
    """A cue said one second before the view's ``now_s``."""
    return Caption(text, kind, shown_s)


def practice_views() -> dict[str, PracticeView]:
    """Every state of the practice screen."""
    bent = readings(("left_elbow", "left_shoulder", "right_knee"), ("right_hip", "neck"), ("left_wrist",))
    low = EnergyReading(0.5, 1.4, EnergyVerdict.LOW)
    tall = student_pose(TALL_PX)
    searching = make_state(TrackState.SEARCHING, score=NO_SCORE)
    return {
        "searching": make_view(searching, music_s=None),
        "following": make_view(
            make_state(joints=bent), caption=caption("Left arm straighter"), praise=Praise("Perfect", 99.5)
        ),
        "portrait": make_view(make_state(joints=bent, pose=tall, timing_ms=-310.0), bgr=camera_picture(TALL_PX)),
        "ghost": make_view(
            make_state(joints=readings(("right_elbow",)), timing_ms=180.0, energy=low),
            teacher_view=TeacherView.GHOST,
            caption=caption("Bigger! More energy", CueKind.ENERGY),
            praise=Praise("Great", 99.5),
        ),
        "out_of_frame": make_view(make_state(TrackState.SEARCHING, framing=FramingHint.FEET_CUT_OFF), music_s=4.0),
        "lost": make_view(make_state(TrackState.LOST), music_s=18.0),
        "unsure": make_view(make_state(ambiguous=True), tempo_percent=70.0),
        "finished": make_view(make_state(TrackState.FINISHED)),
        "paused": make_view(paused=True, tempo_percent=80.0),
        "help": make_view(help_shown=True),
        "countdown": make_view(searching, countdown=3, music_s=None),
        "notices": make_view(
            notices=("No voice on this computer: read the captions", "No sound device answers: the music stays silent"),
            practised=(5.0, 13.0),
            tempo_percent=70.0,
            voice_on=False,
        ),
        "no_picture": replace(make_view(bgr=None, teacher=None, music_s=None), state=None),
        **practice_tool_views(make_view(make_state(joints=bent), caption=caption("Left arm straighter"))),
    }


def practice_tool_views(dancing: PracticeView) -> dict[str, PracticeView]:
    """The same with what helps to practise."""
    gestures = bindings_for(PRACTICE_ACTIONS, None, GestureSettings())
    behind = CardView(teacher_pose(), ("left_arm",), teacher_framing())
    shown = {
        "well_placed": ToolsView(
            guide=GuideReading(None, 0.6, False), guide_text="Good. Stay there", guide_gestures=gestures
        ),
        "pause_without_gestures": ToolsView(pause=PauseView(tuple(PauseChoice), PauseChoice.GO_ON)),
        "loop_begun": ToolsView(loop=LoopView(mark_s=13.0)),
        "loop_marked": ToolsView(loop=LoopView(drag_s=(5.0, 29.0)), home_waits=True),
        "from_behind": ToolsView(card=behind, teacher_side=TeacherSide.BEHIND),
        "limbs_only": ToolsView(stage=Stage.LIMBS),
        "words_only": ToolsView(stage=Stage.WORDS),
    }
    return {
        name: replace(dancing, tools=tools, paused=tools.pause is not None, tempo_percent=70.0)
        for name, tools in shown.items()
    }


def over(colour: tuple[int, int, int], opacity: float, behind: tuple[int, int, int]) -> tuple[float, ...]:
    return tuple(opacity * c + (1 - opacity) * b for c, b in zip(colour, behind, strict=True))


COLOUR_BLIND = {
    # Machado, Oliveira and Fernandes (2009), severity 1.
    "protan": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "deutan": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "tritan": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}
