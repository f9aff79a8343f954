"""Recordings of a made-up dance."""

from __future__ import annotations

from pathlib import Path

from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.pose.reference import ReferenceInfo
from coach.storage.recording_journal import (
    JournalHeader,
    JournalWriter,
)
from tests.builders_pose import FRAME_SIZE_PX, make_observation, make_pose_frame

HEADER = JournalHeader(ReferenceInfo("waltz", "Walzer für zwei", teacher="A. Ä."), FRAME_SIZE_PX, "/music/a b.mp3")


def observation(index: int) -> Observation:
    """One of many different moments: with and without person, mask, energy, faults of the picture."""
    time_s = index / 30
    pose = (
        make_pose_frame(time_s, arms_deg=20.0 + index % 90) if index % 11 else PoseFrame.missing(time_s, FRAME_SIZE_PX)
    )
    picture = PictureFlags.DARK | PictureFlags.SECOND_PERSON if index % 7 == 0 else PictureFlags.NONE
    return make_observation(pose, energy=0.1 * (index % 5) if index % 3 else None, mask=index % 4 != 0, picture=picture)


def write_journal(folder: Path, count: int, *, close: bool = True) -> JournalWriter:
    writer = JournalWriter(folder, HEADER)
    for index in range(count):
        writer.append(observation(index))
    if close:
        writer.close()
    return writer
