"""Getting the pose model ready: found or fetched, chosen for this computer, opened."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from coach.clock import Clock
from coach.devices.drawn_source import DrawnSource
from coach.devices.model_choice import choose_model, load_choice, measure_model, save_choice
from coach.devices.person_count import SecondPersonDetector
from coach.devices.pose_detector import PoseDetector, pose_library_version
from coach.devices.pose_models import PoseModelKind, ensure_pose_model
from coach.devices.sensor import Sensor
from coach.errors import PoseModelError
from coach.report.progress import ProgressBar
from coach.settings.sensing import SensingSettings
from coach.storage.folders import Folders, user_folders
from coach.vision.pictures import Picture

__all__ = ["OpenedSensor", "find_model", "open_sensor", "pose_library_version"]

CHOICE_FILE = "pose-model-choice.json"
OWN_MODEL = "own file"


@dataclass(frozen=True)
class OpenedSensor:
    """A sensor and the name of the model behind it."""

    sensor: Sensor
    kind: str


def find_model(kind: PoseModelKind, user_path: Path | None, folders: Folders, clock: Clock) -> Path:
    """Path of the verified model; fetches it on first use, with a progress bar on stderr."""
    bar = ProgressBar("Getting the pose model", sys.stderr, clock)

    def report(line: str) -> None:
        bar.finish()
        print(line, file=sys.stderr)

    try:
        return ensure_pose_model(
            kind,
            cache_dir=folders.models,
            user_path=user_path,
            report=report,
            progress=lambda _step, share: bar.update(share),
        )
    finally:
        bar.finish()


def choose_kind(folders: Folders, clock: Clock) -> PoseModelKind:
    """The best model that keeps up on this computer, measured at the first start and remembered."""
    place = folders.config / CHOICE_FILE

    def measure(kind: PoseModelKind) -> float:
        print(f"Measuring how fast this computer runs the {kind.value} pose model ...", file=sys.stderr)
        return measure_model(find_model(kind, None, folders, clock), sample_picture(clock), clock)

    choice = choose_model(measure, load_choice(place))
    if not choice.holds_rate:
        # Perhaps only busy at the moment: not remembered, so that it is measured again next time.
        print("This computer is slow for live coaching: some pictures will be left out.", file=sys.stderr)
    elif not choice.remembered:
        save_choice(place, choice)
    return choice.kind


def settled_model(model: str | None, model_path: Path | None, clock: Clock) -> str | None:
    """The kind of model to use from now on, found or fetched; as it is where the user gave a file."""
    if model_path is not None:
        return model
    folders = user_folders()
    kind = PoseModelKind(model) if model else choose_kind(folders, clock)
    find_model(kind, None, folders, clock)
    return kind.value


def sample_picture(clock: Clock) -> Picture:
    """A picture with a person in it: the first of the drawn dancer."""
    with DrawnSource(clock=clock) as source:
        frame = source.read(timeout_s=1.0)
    if frame is None:
        raise PoseModelError("The drawn dancer gave no picture to measure with. Choose a model with --model")
    return frame.bgr


@contextmanager
def open_sensor(
    model: str | None, model_path: Path | None, settings: SensingSettings, clock: Clock
) -> Iterator[OpenedSensor]:
    """The sensor, warmed up; closed at the end of the ``with`` block.

    Parameters
    ----------
    model : str or None
        "lite", "full" or "heavy"; None chooses by speed.
    model_path : Path or None
        The user's own file, which wins.

    Raises
    ------
    PoseModelError
        No model can be had, or it cannot be loaded.
    """
    folders = user_folders()
    if model_path is not None:
        kind, name = PoseModelKind(model or "full"), OWN_MODEL
    else:
        kind = PoseModelKind(model) if model else choose_kind(folders, clock)
        name = kind.value
    path = find_model(kind, model_path, folders, clock)
    counter = (
        SecondPersonDetector(path, settings.picture, settings.detector)
        if settings.picture.second_person_every_s is not None
        else None
    )
    with Sensor(PoseDetector(path, settings=settings.detector), clock, settings, counter) as sensor:
        sensor.warm_up(sample_picture(clock))
        yield OpenedSensor(sensor, name)
