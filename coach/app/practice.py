"""`practice`, `demo`, and the start without a command."""

from __future__ import annotations

import sys
from dataclasses import replace

from coach.alignment.tracked_position import FollowMode
from coach.app.no_camera import NoCameraChoice, ask_without_camera
from coach.app.options import PracticeOptions
from coach.app.practising import Practising
from coach.app.sources import open_demo_source, open_source
from coach.clock import SystemClock
from coach.errors import CameraError
from coach.settings.app import AppSettings
from coach.settings.cues import FeedbackLevel

NO_CAMERA = "none"


def run_practice(options: PracticeOptions) -> int:
    """Practise a reference in front of a camera, or of a file in its place."""
    settings = settings_of(options)
    return Practising(options, settings, lambda clock: open_source(options.live, settings.devices, clock)).run()


def run_demo(options: PracticeOptions) -> int:
    """Coach the drawn dancer in the built-in routine."""
    # No camera, so nobody has to walk into place: neither the option's default nor the one that was missing.
    options = replace(options, mode=options.mode or FollowMode.ALONG, live=replace(options.live, camera=NO_CAMERA))
    settings = settings_of(options)
    return Practising(options, settings, lambda clock: open_demo_source(options, settings.devices, clock)).run()


def run_start(options: PracticeOptions) -> int:
    """Practise the first dance; without a camera offer the demo."""
    while True:
        try:
            return run_practice(options)
        except CameraError as error:
            if options.live.headless:
                raise
            sentence = str(error)
            choice = ask_without_camera(error, settings_of(options), options.live, options.language, SystemClock())
        if choice is NoCameraChoice.DEMO:
            return run_demo(options)
        if choice is NoCameraChoice.QUIT:
            print(sentence, file=sys.stderr)
            return 1


def settings_of(options: PracticeOptions) -> AppSettings:
    """The settings with the user's choices in them."""
    settings = AppSettings()
    judging = replace(settings.coach.judging, strictness=options.strictness)
    cues = replace(settings.coach.cues, feedback=FeedbackLevel(options.feedback))
    return replace(settings, coach=replace(settings.coach, judging=judging, cues=cues))
