"""What to tell a user whose camera does not work: three different faults, three different sentences."""

from __future__ import annotations

import platform

from coach.devices.camera_list import CameraIdentity
from coach.errors import CameraError, Sentence

_WITHOUT = "To go on without a camera, run: python run_coach.py demo"


class NoCameraError(CameraError):
    """The camera is not there."""


class CameraBusyError(CameraError):
    """The camera is there, but does not open or gives no picture."""


class CameraStoppedError(CameraError):
    """The camera worked and then stopped."""


def no_camera(index: int, present: tuple[CameraIdentity, ...]) -> NoCameraError:
    """Camera ``index`` does not exist; ``present`` are those that do."""
    name = Sentence("camera {index}", index=index)
    if not present:
        return NoCameraError(
            name, "no camera was found", Sentence("Plug one in and start again. {otherwise}", otherwise=_WITHOUT)
        )
    choice = ", ".join(f"--camera {camera.index} ({camera.name})" for camera in present)
    return NoCameraError(name, "there is no such camera", Sentence("Choose one of these: {choice}", choice=choice))


def camera_busy(name: str, *, certain: bool) -> CameraBusyError:
    """The camera does not open; not ``certain`` that it exists."""
    problem = "it is in use by another program, or this program is not allowed to use it"
    if not certain:
        problem = Sentence("it is not plugged in, or {problem}", problem=problem)
    return CameraBusyError(
        name,
        problem,
        Sentence("Close other programs that show the camera{permission}, then start again", permission=_permission()),
    )


def camera_slow(name: str, timeout_s: float) -> CameraBusyError:
    """The camera neither opened nor refused in time."""
    return CameraBusyError(
        name,
        Sentence("it did not start within {timeout_s:g} s", timeout_s=timeout_s),
        Sentence(
            "Unplug it and plug it in again, close other programs that show it{permission}, then start again",
            permission=_permission(),
        ),
    )


def camera_stopped(name: str) -> CameraStoppedError:
    """No more pictures."""
    return CameraStoppedError(name, "it stopped sending pictures", "Check its cable; it is used again once it is back")


def camera_frozen(name: str) -> CameraStoppedError:
    """Always the same picture."""
    return CameraStoppedError(
        name,
        "it stopped sending new pictures: the last one is repeated",
        "Open its privacy cover if it has one, or unplug it and plug it in again",
    )


def camera_gone(name: str) -> CameraStoppedError:
    """Unplugged: not in the system's list any more."""
    return CameraStoppedError(name, "it was unplugged", "Plug it in again; it is used again once it is back")


def _permission() -> str:
    return {
        "Darwin": ", allow it in System Settings > Privacy & Security > Camera",
        "Windows": ", allow it in Settings > Privacy & security > Camera",
    }.get(platform.system(), ", check that your user may open /dev/video* (group video)")
