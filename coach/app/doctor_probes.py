"""The checks of this very computer; each imports what it needs when it runs, so that a broken library fails alone."""

from __future__ import annotations

import importlib
import importlib.metadata
import platform
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path
from typing import Final

from coach.app.doctor import CheckResult, Probe
from coach.app.doctor_kept import history_check, latency_check, settings_check
from coach.app.tables import size_words
from coach.errors import CameraError, DisplayError
from coach.settings.storage import DoctorSettings
from coach.storage.folders import Folders, make_folder, os_reason, user_folders

PROJECT: Final = Path(__file__).resolve().parent.parent.parent
INSTALL: Final = "Run: python -m pip install -r requirements.txt"
OLDEST_PYTHON, FIRST_PYTHON_TOO_NEW = (3, 10), (3, 14)

PACKAGES: Final[dict[str, str]] = {
    "numpy": "numpy",
    "numba": "numba",
    "opencv-python": "cv2",
    "mediapipe": "mediapipe",
    "h5py": "h5py",
    "pygame": "pygame",
    "pyttsx3": "pyttsx3",
    "av": "av",
    "platformdirs": "platformdirs",
}
"""Packages without which the coach does not start, and the modules that they bring."""

DISPLAY_CODE: Final = "from coach.app.doctor_probes import open_window; print(open_window())"


def default_probes(settings: DoctorSettings | None = None, folders: Folders | None = None) -> list[Probe]:
    """All checks, the quick ones first."""
    settings = settings or DoctorSettings()
    folders = folders or user_folders()
    return [
        Probe("Python", python_check),
        Probe("packages", packages_check),
        Probe("folders", partial(folders_check, folders)),
        Probe("disk space", partial(disk_check, folders, settings)),
        Probe("pose model", partial(model_check, folders)),
        Probe("speed", partial(speed_check, folders), needed=False),
        Probe("camera", partial(camera_check, settings)),
        Probe("display", partial(display_check, settings)),
        Probe("sound", sound_check, needed=False),
        Probe("voice", partial(voice_check, folders, settings), needed=False),
        Probe("settings", partial(settings_check, folders), needed=False),
        Probe("history", partial(history_check, folders), needed=False),
        Probe("latency", partial(latency_check, folders, settings), needed=False),
    ]


def python_check() -> CheckResult:
    """Whether this Python is one that the packages are made for."""
    detail = f"{platform.python_version()} on {platform.system()} {platform.machine()}"
    ok = OLDEST_PYTHON <= sys.version_info[:2] < FIRST_PYTHON_TOO_NEW
    return CheckResult("Python", ok, detail, "Use Python 3.10 to 3.13")


def packages_check() -> CheckResult:
    """Whether all packages are there and can be loaded."""
    versions, faults = [], []
    for package, module in PACKAGES.items():
        fault = _import_fault(module)
        if fault:
            faults.append(f"{package} ({fault})")
        else:
            versions.append(f"{package} {_version(package)}")
    if faults:
        return CheckResult("packages", False, "cannot be loaded: " + ", ".join(faults), INSTALL)
    return CheckResult("packages", True, ", ".join(versions))


def folders_check(folders: Folders) -> CheckResult:
    """Whether settings, caches and recordings can be written."""
    for folder in (folders.config, folders.cache, folders.data):
        make_folder(folder)
        try:
            with tempfile.TemporaryFile(dir=folder) as file:
                file.write(b"?")
        except OSError as error:
            advice = "Allow writing there, or name another place with the environment variable DANCE_COACH_HOME"
            return CheckResult("folders", False, f"{folder} cannot be written ({os_reason(error)})", advice)
    return CheckResult("folders", True, f"{folders.data} and the folders for settings and caches can be written")


def disk_check(folders: Folders, settings: DoctorSettings) -> CheckResult:
    """Whether there is room for recordings."""
    free_bytes = shutil.disk_usage(make_folder(folders.data)).free
    detail = f"{size_words(free_bytes)} free for recordings"
    if free_bytes < settings.stop_free_bytes:
        return CheckResult("disk space", False, detail, "Free some space: nothing can be recorded like this")
    note = ", which is not much for a long recording" if free_bytes < settings.warn_free_bytes else ""
    return CheckResult("disk space", True, detail + note)


def model_check(folders: Folders) -> CheckResult:
    """Whether a pose model is on this computer, and intact."""
    from coach.devices.model_source import PoseModelKind
    from coach.devices.pose_bundle import BundleError, check_bundle

    found, damaged = [], []
    for kind in PoseModelKind:
        path = folders.models / kind.file_name
        if not path.is_file():
            continue
        try:
            check_bundle(path)
            found.append(kind.value)
        except (BundleError, OSError) as error:
            damaged.append(f"{path} {error}")
    if found:
        return CheckResult("pose model", True, f"{', '.join(found)} in {folders.models}")
    detail = "; ".join(damaged) or f"none in {folders.models} yet"
    return CheckResult("pose model", False, detail, "Start the coach once with an internet connection: it fetches it")


def speed_check(folders: Folders) -> CheckResult:
    """What was measured of the pose model's speed at the first start."""
    from coach.app.pose_setup import CHOICE_FILE
    from coach.devices.model_choice import load_choice

    choice = load_choice(folders.config / CHOICE_FILE)
    measured = choice.get("measured_ms") if choice else None
    if not choice or not isinstance(measured, dict):
        return CheckResult("speed", True, "not measured yet (happens at the first start)")
    costs = ", ".join(f"{kind} {cost_ms} ms a picture" for kind, cost_ms in measured.items())
    return CheckResult("speed", True, f"uses the {choice.get('kind')} pose model ({costs})")


def camera_check(settings: DoctorSettings) -> CheckResult:
    """Whether the first camera opens and gives a picture."""
    from coach.clock import SystemClock
    from coach.devices.camera import CameraSource
    from coach.devices.camera_list import list_cameras
    from coach.settings.devices import CameraSettings

    cameras = list_cameras()
    index = cameras[0].index if cameras else 0
    source = CameraSource(index, CameraSettings(), SystemClock())
    try:
        info = source.open()
        frame = source.read(settings.frame_timeout_s)
    except CameraError as error:
        return CheckResult("camera", False, f"{error.camera}: {error.problem}", error.advice)
    finally:
        source.close()
    if frame is None:
        return CheckResult("camera", False, f"{source.name} gave no picture", "Unplug it, plug it in and try again")
    others = f" ({len(cameras)} cameras found; choose with --camera N)" if cameras and len(cameras) > 1 else ""
    size = f"{frame.size_px[0]} x {frame.size_px[1]}"
    return CheckResult("camera", True, f"{source.name} gives {size} at {info.fps:.0f} frames a second{others}")


def display_check(settings: DoctorSettings) -> CheckResult:
    """Whether a window opens: tried in a program of its own, for its main thread and against hanging."""
    advice = "Start it from a desktop, or use --headless (no window)"
    command = [sys.executable, "-c", DISPLAY_CODE]
    try:
        tried = subprocess.run(
            command, cwd=PROJECT, capture_output=True, text=True, timeout=settings.probe_timeout_s / 2, check=False
        )
    except subprocess.TimeoutExpired:
        return CheckResult("display", False, "opening a window never ends", advice)
    answer = tried.stdout.strip().splitlines()[-1:] or ["no window could be opened"]
    return CheckResult("display", tried.returncode == 0 and not answer[0].startswith("no "), answer[0], advice)


def open_window() -> str:
    """Open a window for a moment; what came of it, beginning with "no" if it failed (run by `display_check`)."""
    from coach.settings.ui import WindowSettings
    from coach.ui.window import Window

    try:
        window = Window(WindowSettings())
    except DisplayError as error:
        return f"no window: {str(error).partition(':')[0]}"  # what to do is the advice
    size_px = window.size_px
    window.close()
    return f"a window of {size_px[0]} x {size_px[1]} opens"


def sound_check() -> CheckResult:
    """Whether there is a loudspeaker."""
    from coach.clock import SystemClock
    from coach.settings.ui import SoundSettings
    from coach.ui.sound import SoundOutput

    output = SoundOutput(SystemClock(), SoundSettings())
    try:
        heard = output.open()
        detail = "a sound device opens" if heard else output.problem or "no sound device"
    finally:
        output.close()
    return CheckResult("sound", heard, detail, "Plug in loudspeakers or headphones to hear the music and the cues")


def voice_check(folders: Folders, settings: DoctorSettings) -> CheckResult:
    """Whether cues can be spoken."""
    from coach.devices.voice import SpeechSynthesiser

    sentence = "Left arm straighter"
    with SpeechSynthesiser(folders.voices) as speech:
        speech.request(sentence)
        speech.wait_idle(settings.voice_timeout_s)
        spoken, problem = speech.ready(sentence), speech.problem
    if spoken is not None:
        return CheckResult("voice", True, "cues can be spoken")
    advice = "Install a voice (on Linux: apt install espeak-ng); the captions work without one"
    return CheckResult("voice", False, problem or "no answer from the voice", advice)


def _import_fault(module: str) -> str | None:
    try:
        importlib.import_module(module)
    except ModuleNotFoundError:
        return "not installed"
    except Exception as error:  # a broken library may raise anything, such as OSError for one it needs itself
        return f"{type(error).__name__}: {error}"
    return None


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return "of unknown version"
