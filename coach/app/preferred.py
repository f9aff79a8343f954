"""The user's kept choices and the command line together: what was given on the command line wins."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from coach.app.options import CHOICES_OF_LIVE, CHOICES_OF_PRACTICE, LiveOptions, PracticeOptions
from coach.devices.camera_list import CameraLister, list_cameras
from coach.settings.app import AppSettings
from coach.settings.cues import FeedbackLevel
from coach.settings.preferences import Preferences
from coach.storage.folders import user_folders
from coach.storage.preferences import PreferenceStore


def open_preferences(options: PracticeOptions, path: Path | None = None) -> PreferenceStore:
    """The user's choices, with those of the command line holding until they are changed.

    Parameters
    ----------
    options : PracticeOptions
    path : Path, optional
        In place of the user's own file.
    """
    store = PreferenceStore(path or user_folders().preferences)
    store.hold(**given_choices(options))
    return store


def given_choices(options: PracticeOptions) -> dict[str, Any]:
    """The kept choices that the command line settles for this run; for the camera that may be a number or a film."""
    live = {name: getattr(options.live, name) for name in (*CHOICES_OF_LIVE, "camera")}
    practice = {name: getattr(options, name) for name in CHOICES_OF_PRACTICE}
    return {name: value for name, value in {**live, **practice}.items() if name in options.live.given}


def preferred(
    options: PracticeOptions, preferences: Preferences, cameras: CameraLister = list_cameras
) -> PracticeOptions:
    """Options with the choices as they hold now.

    Parameters
    ----------
    options : PracticeOptions
    preferences : Preferences
        Those of `open_preferences`: what the command line gave is in them already.
    cameras : callable
        Tells which cameras there are.
    """
    practice = {name: getattr(preferences, name) for name in CHOICES_OF_PRACTICE}
    live = replace(options.live, **{name: getattr(preferences, name) for name in CHOICES_OF_LIVE})
    camera = _camera(preferences.camera, live.camera, cameras)
    return replace(options, live=replace(live, camera=camera), **practice)


def preferred_live(live: LiveOptions, preferences: Preferences, cameras: CameraLister = list_cameras) -> LiveOptions:
    """The same for a command whose options nothing changes while it runs; ``preferences`` are as they were kept."""
    choices = {name: getattr(preferences, name) for name in CHOICES_OF_LIVE if name not in live.given}
    name = live.camera if "camera" in live.given else preferences.camera
    return replace(live, camera=_camera(name, live.camera, cameras), **choices)


def camera_number(name: str, present: CameraLister) -> int | None:
    """Number of the camera of this name (upper and lower case count only where it matters); None if it is not there."""
    found = present() or ()
    for alike in (name.__eq__, lambda other: other.casefold() == name.casefold()):
        for camera in found:
            if alike(camera.name):
                return camera.index
    return None


def settings_of(options: PracticeOptions, preferences: Preferences | None = None) -> AppSettings:
    """The settings with the user's choices in them."""
    chosen = preferences or Preferences()
    settings = AppSettings()
    judging = replace(settings.coach.judging, strictness=options.strictness)
    framing = replace(settings.coach.cues.framing, upper_body_only=chosen.upper_body_only)
    cues = replace(settings.coach.cues, feedback=FeedbackLevel(options.feedback), framing=framing)
    return replace(settings, coach=replace(settings.coach, judging=judging, cues=cues))


def _camera(name: str, otherwise: str, cameras: CameraLister) -> str:
    """The number of a camera by its name, or a film; a camera that is not there leaves the one without a choice."""
    if not name or name.isdecimal() or Path(name).exists():
        return name or otherwise
    number = camera_number(name, cameras)
    return otherwise if number is None else str(number)
