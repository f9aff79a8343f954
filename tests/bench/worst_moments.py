"""The ten worst moments of the real pair, side by side: ``python -m tests.bench.worst_moments --out FOLDER``.

The student's video goes through the whole session against the teacher's, as ``practice`` would; for each of the worst
mistakes one picture shows the teacher at that moment and the student at the most wrong one, with the judged limb drawn
in both and the numbers behind the verdict. Made to be looked at: is the coach right?
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from coach.alignment.tracked_position import FollowMode
from coach.alignment.warm_up import warm_up
from coach.clock import SystemClock
from coach.devices.video_file import VideoFileSource
from coach.judging.mistake_spans import MistakeSpan
from coach.judging.verdicts import JointVerdict
from coach.judging.visibility import JOINT_LANDMARKS
from coach.pose.joint_table import JOINT_INDEX, JOINTS
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.observation import Observation
from coach.pose.offline import build_reference
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.pose.reference import ReferenceInfo
from coach.session.choreography import Choreography
from coach.session.coaching_session import CoachingSession, SessionOptions
from coach.session.session_state import SessionState
from coach.settings.session import CoachSettings
from tests.bench.tracking_cases import AHEAD_S
from tests.bench.tracking_footage import landmarks
from tests.conftest import FOOTAGE

Picture = NDArray[np.uint8]
_HEIGHT_PX = 720
_COLOUR, _OTHER = (60, 60, 255), (120, 220, 120)
_CHAINS: Final = {joint.name: joint.points for joint in JOINTS}
_BODY: Final = [
    *(
        (f"{side}_{a}", f"{side}_{b}")
        for side in ("left", "right")
        for a, b in (("shoulder", "elbow"), ("elbow", "wrist"), ("hip", "knee"), ("knee", "ankle"), ("shoulder", "hip"))
    ),
    ("left_shoulder", "right_shoulder"),
    ("left_hip", "right_hip"),
]


@dataclass(frozen=True)
class WorstMoment:
    """One mistake at its worst frame."""

    span: MistakeSpan
    student_s: float
    teacher_s: float
    angle_deg: float
    target_deg: float
    tolerance_deg: float

    @property
    def caption(self) -> str:
        """What the coach claims."""
        return (
            f"{self.span.joint}: {self.angle_deg:.0f} instead of {self.target_deg:.0f} "
            f"(tolerance {self.tolerance_deg:.0f}) for {self.span.end_s - self.span.start_s:.1f} s"
        )


def main() -> int:
    """Write the pictures and print the list."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.worst_moments", description=__doc__)
    parser.add_argument("--footage", type=Path, default=FOOTAGE)
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    options = parser.parse_args()
    teacher_video, student_video = (options.footage / f"{name}.mp4" for name in ("teacher", "student"))
    if not (teacher_video.is_file() and student_video.is_file()):
        print(f"The test videos are not in {options.footage}: nothing to show.", file=sys.stderr)
        return 1
    warm_up()
    teacher, student = landmarks(teacher_video, "plain"), landmarks(student_video, "plain")
    states, spans = practised(teacher, student)
    told = [reading.verdict for state in states for reading in state.joints]
    judged = sum(verdict is not JointVerdict.UNSEEN for verdict in told)
    mistakes = sum(verdict is JointVerdict.MISTAKE for verdict in told)
    print(
        f"mistake {mistakes / max(judged, 1):.3f} of judged (frame, joint); judged {judged / max(len(told), 1):.2f}; "
        f"score {states[-1].score.total or 0.0:.1f}"
    )
    moments = [moment for span in spans if (moment := _moment(span, states)) is not None]
    options.out.mkdir(parents=True, exist_ok=True)
    teacher_frames = _pictures(teacher_video, [moment.teacher_s for moment in moments])
    student_frames = _pictures(student_video, [moment.student_s for moment in moments])
    for number, (moment, left, right) in enumerate(zip(moments, teacher_frames, student_frames, strict=True), 1):
        both = np.hstack(
            [
                _drawn(left, teacher, moment.teacher_s, moment.span.joint, "teacher"),
                _drawn(right, student, moment.student_s, moment.span.joint, "student"),
            ]
        )
        _write(both, moment.caption, 60)
        cv2.imwrite(str(options.out / f"worst_{number:02d}.png"), both)
        print(f"{number:2d}. teacher {moment.teacher_s:5.2f} s, student {moment.student_s:5.2f} s  {moment.caption}")
    for state in states:
        if state.cue is not None:
            print(f"    cue at {state.cue.time_s:5.2f} s: {state.cue.text}")
    return 0


def practised(teacher: PoseTrack, student: PoseTrack) -> tuple[list[SessionState], list[MistakeSpan]]:
    """Every state of the session, and the worst mistakes."""
    settings = CoachSettings()
    frames = [Observation(teacher.frame(index)) for index in range(len(teacher))]
    choreography = Choreography.of_reference(build_reference(ReferenceInfo("pair", "pair"), frames), settings)
    session = CoachingSession(choreography, settings, SessionOptions(mode=FollowMode.ALONG))
    states = []
    for index in range(len(student)):
        pose = student.frame(index)
        music_s = pose.time_s - AHEAD_S
        states.append(session.feed(Observation(pose), music_s if music_s >= 0 else None))
    return states, session.worst()


def _moment(span: MistakeSpan, states: list[SessionState]) -> WorstMoment | None:
    """The frame of the span with the largest error."""
    row = JOINT_INDEX[span.joint]
    worst: WorstMoment | None = None
    for state in states:
        place_s, reading = state.position.reference_s, state.joints[row]
        if place_s is None or not span.start_s <= place_s <= span.end_s or reading.error_deg is None:
            continue
        if reading.angle_deg is None or reading.target_deg is None or reading.verdict is not JointVerdict.MISTAKE:
            continue
        error = reading.angle_deg - reading.target_deg
        if worst is None or abs(error) > abs(worst.angle_deg - worst.target_deg):
            worst = WorstMoment(
                span, state.time_s, place_s, reading.angle_deg, reading.target_deg, reading.tolerance_deg
            )
    return worst


def _pictures(video: Path, times_s: list[float]) -> list[Picture]:
    """The pictures nearest to the times, scaled to one height."""
    found: dict[float, Picture] = {}
    wanted = sorted(set(times_s))
    with VideoFileSource(video, SystemClock()) as source:
        while wanted and (frame := source.read(10.0)) is not None:
            while wanted and frame.time_s >= wanted[0] - 0.02:
                height, width = frame.bgr.shape[:2]
                size = (round(width * _HEIGHT_PX / height), _HEIGHT_PX)
                found[wanted.pop(0)] = np.asarray(cv2.resize(frame.bgr, size), dtype=np.uint8)
    blank = np.zeros((_HEIGHT_PX, _HEIGHT_PX, 3), dtype=np.uint8)
    return [found.get(time_s, blank) for time_s in times_s]


def _drawn(picture: Picture, track: PoseTrack, time_s: float, joint: str, name: str) -> Picture:
    """The picture with the body, and the judged limb in another colour."""
    drawn = picture.copy()
    height, width = drawn.shape[:2]
    index = int(np.argmin(np.abs(track.time_s - time_s)))
    points: FloatArray = track.image[index, :, :2] * np.array([width, height])
    for start, end in _BODY:
        _line(drawn, points, start, end, _OTHER, 2)
    chain = _CHAINS[joint]
    for start, end in pairwise(chain):
        _line(drawn, points, start, end, _COLOUR, 5)
    for row in np.flatnonzero(JOINT_LANDMARKS[JOINT_INDEX[joint]]):
        if np.isfinite(points[row]).all():
            cv2.circle(drawn, (int(points[row, 0]), int(points[row, 1])), 8, _COLOUR, -1)
    _write(drawn, f"{name} {time_s:.2f} s", 30)
    return drawn


def _line(picture: Picture, points: FloatArray, start: str, end: str, colour: tuple[int, int, int], width: int) -> None:
    ends = points[[LANDMARK_INDEX[start], LANDMARK_INDEX[end]]]
    if np.isfinite(ends).all():
        first, second = ((int(x), int(y)) for x, y in ends)
        cv2.line(picture, first, second, colour, width)


def _write(picture: Picture, text: str, y: int) -> None:
    cv2.putText(picture, text, (12, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (0, 0, 0), 5)
    cv2.putText(picture, text, (12, y), cv2.FONT_HERSHEY_SIMPLEX, 0.7, (255, 255, 255), 2)


if __name__ == "__main__":
    sys.exit(main())
