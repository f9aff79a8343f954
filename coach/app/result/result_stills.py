"""The moments to work on as pictures of student and teacher, made in the background from the tape."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from coach.app.result.replay_tape import ReplayTape
from coach.app.result.tape_store import TapedFrame
from coach.judging.verdicts import JointReading, JointVerdict
from coach.pose.joint_table import JOINT_INDEX, JOINTS
from coach.pose.landmark_table import mirrored_name
from coach.pose.pose_frame import PoseFrame
from coach.practice.run_record import WorstMoment
from coach.session.choreography import Choreography
from coach.ui.result_view import Still, TeacherStill, WorkCard
from coach.ui.teacher_framing import Figure, FigureWindow

_MARGIN = 0.12
_ASPECT = 0.72
"""Width over height of a still."""
_FAR_S = 0.5
"""A picture that is farther from the moment shows something else."""


def work_card(moment: WorstMoment, choreography: Choreography, tape: ReplayTape | None, mirrored: bool) -> WorkCard:
    """A card with its pictures.

    Parameters
    ----------
    moment : WorstMoment
    choreography : Choreography
    tape : ReplayTape or None
        None: without a picture of the student.
    mirrored : bool
        Whether the student danced the teacher's mirror image.
    """
    taped = tape.at(moment.student_s) if tape is not None else None
    still = None
    if taped is not None and abs(taped.time_s - moment.student_s) <= _FAR_S and taped.pose.present:
        still = still_of(taped.bgr(), taped.pose, _marked(moment, taped))
        mirrored = taped.mirrored
    return WorkCard(
        text=moment.text,
        start_s=moment.start_s,
        end_s=moment.end_s,
        place_s=moment.reference_s,
        still=still,
        teacher=_teacher(moment, choreography, mirrored),
    )


def still_of(bgr: NDArray[np.uint8], pose: PoseFrame, joints: tuple[JointReading, ...]) -> Still:
    """The part of a picture that shows the body."""
    height_px, width_px = bgr.shape[:2]
    centre_x, half_width, top, bottom = body_window(pose)
    scale = height_px  # a window is in picture heights
    left_px = max(0, round((centre_x - half_width) * scale))
    right_px = min(width_px, round((centre_x + half_width) * scale))
    top_px, bottom_px = max(0, round(top * scale)), min(height_px, round(bottom * scale))
    cut = np.ascontiguousarray(bgr[top_px:bottom_px, left_px:right_px])
    if not cut.size:
        return Still(bgr, pose, joints)
    size_px = cut.shape[1], cut.shape[0]
    image = pose.image.copy()
    image[:, 0] = (image[:, 0] * width_px - left_px) / size_px[0]
    image[:, 1] = (image[:, 1] * height_px - top_px) / size_px[1]
    return Still(cut, replace(pose, image=image, frame_size_px=size_px), joints)


def body_window(pose: PoseFrame) -> FigureWindow:
    """Middle, half width, top and bottom around a body with some room, in picture heights, in a still's shape."""
    points = pose.square_xy()
    points = points[np.isfinite(points).all(axis=1)]
    if not len(points):
        whole = pose.frame_size_px[0] / pose.frame_size_px[1]
        return whole / 2, whole / 2, 0.0, 1.0
    low, high = points.min(axis=0), points.max(axis=0)
    room = _MARGIN * float(max(high[1] - low[1], 1e-3))
    height = max(float(high[1] - low[1]) + 2 * room, (float(high[0] - low[0]) + 2 * room) / _ASPECT)
    middle = (low + high) / 2
    return float(middle[0]), height * _ASPECT / 2, float(middle[1]) - height / 2, float(middle[1]) + height / 2


def _marked(moment: WorstMoment, taped: TapedFrame) -> tuple[JointReading, ...]:
    """Only the joint that the card is about, as a mistake."""
    if moment.joint is None:
        return ()
    reading = taped.joints[JOINT_INDEX[moment.joint]]
    error_deg = reading.error_deg if reading.error_deg is not None else moment.error_deg
    return (reading._replace(error_deg=error_deg, verdict=JointVerdict.MISTAKE),)


def _teacher(moment: WorstMoment, choreography: Choreography, mirrored: bool) -> TeacherStill:
    pose = choreography.reference.track.frame(choreography.tables.index_at(moment.reference_s))
    parts: tuple[str, ...] = ()
    if moment.joint is not None:
        part = JOINTS[JOINT_INDEX[moment.joint]].part
        parts = (mirrored_name(part) if mirrored else part,)
    # The student is seen as in a mirror: a teacher who is danced as the mirror image is not turned round again.
    return TeacherStill(Figure(pose, body_window(pose)), parts, flipped=not mirrored)
