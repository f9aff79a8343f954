"""Where the pictures come from: camera number, file in place of a camera, or the drawn dancer."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from coach.alignment.tracked_position import FollowMode
from coach.app.options import LiveOptions, PracticeOptions
from coach.clock import Clock
from coach.devices.camera import CameraSource
from coach.devices.drawn_actor import DrawnActor
from coach.devices.frame_source import FrameSource
from coach.devices.paced_source import PacedSource
from coach.devices.video_file import VideoFileSource
from coach.errors import CoachError
from coach.routine.dance_along import DanceAlong, Lead
from coach.routine.student_script import student_with
from coach.settings.devices import DeviceSettings

ALONG_WITH_A_FILM = (
    "--mode along with a film: its first picture is taken for the beginning of the music, so a lead-in makes "
    "everything late. Without --mode along the coach finds the place by itself."
)


def is_camera(options: LiveOptions) -> bool:
    """Whether a real camera is meant."""
    return options.camera.isdecimal()


def say_what_along_means(options: PracticeOptions) -> None:
    """A film's clock cannot be that of the music by chance: whoever asks for it is told what is then assumed."""
    if options.mode is FollowMode.ALONG and not is_camera(options.live) and Path(options.live.camera).is_file():
        print(ALONG_WITH_A_FILM, file=sys.stderr)


def open_source(options: LiveOptions, settings: DeviceSettings, clock: Clock) -> FrameSource:
    """The source that the user named, open.

    Raises
    ------
    CameraError, VideoFileError
        It cannot be opened.
    CoachError
        ``--fast`` with a real camera.
    """
    if is_camera(options):
        if options.fast:
            raise CoachError(
                "--fast needs a video file, a camera has its own pace. Leave --fast out, or add --camera FILE"
            )
        source: FrameSource = CameraSource(int(options.camera), settings.camera, clock)
    else:
        file = VideoFileSource(Path(options.camera), clock, settings.video_file)
        source = file if options.fast else PacedSource(file, clock, settings.pacing)
    source.open()
    return source


def open_demo_source(options: PracticeOptions, clock: Clock, lead: Callable[[], Lead]) -> FrameSource:
    """The drawn dancer with the mistakes asked for, dancing along with what the practice plays.

    With a duration the dancer begins again at the end of the dance: the demo then lasts as long as was asked for.
    """
    live = options.live
    dance = DanceAlong(student_with(options.mistakes), lead, again=live.duration_s is not None)
    source = DrawnActor(clock, first=dance, paced=not live.fast, over=dance.over)
    source.open()
    return source
