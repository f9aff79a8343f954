"""Which pose model suits this computer: the best that keeps up with the camera, measured once and remembered."""

from __future__ import annotations

import contextlib
import json
import os
import platform
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from coach.clock import Clock
from coach.devices.model_source import PoseModelKind
from coach.devices.pose_detector import PoseDetector, pose_library_version
from coach.errors import PoseModelError
from coach.settings.sensing import DetectorSettings, ModelChoiceSettings
from coach.vision.pictures import Picture, resize_to_height

_MS: Final = 1000.0
_KIND_KEY: Final = "kind"
_MACHINE_KEY: Final = "machine"
_MEASURED_KEY: Final = "measured_ms"


@dataclass(frozen=True)
class ModelChoice:
    """The choice and what it rests on.

    Attributes
    ----------
    kind : PoseModelKind
    measured_ms : dict
        Median cost of a detection by model, as far as measured (or remembered).
    holds_rate : bool
        Whether even the chosen model keeps up; False means that frames will be dropped.
    remembered : bool
        Whether nothing was measured this time.
    """

    kind: PoseModelKind
    measured_ms: dict[PoseModelKind, float]
    holds_rate: bool
    remembered: bool = False

    def to_json(self) -> dict[str, Any]:
        """What `save_choice` writes."""
        measured = {kind.value: round(float(cost_ms), 2) for kind, cost_ms in self.measured_ms.items()}
        return {_KIND_KEY: self.kind.value, _MACHINE_KEY: machine_key(), _MEASURED_KEY: measured}


def choose_model(
    measure: Callable[[PoseModelKind], float],
    remembered: Mapping[str, Any] | None = None,
    fps: float = 30.0,
    settings: ModelChoiceSettings | None = None,
) -> ModelChoice:
    """Best model whose detections take no more than their share of the time between two frames.

    ``full`` is measured first; another one only where that leaves a doubt, so that models which cannot be the answer
    are not even fetched.

    Parameters
    ----------
    measure : callable
        Median cost of one detection in milliseconds; may fetch the model first. A `PoseModelError` of ``full`` is
        passed on, the others are done without.
    remembered : mapping, optional
        From `load_choice`; used if it was made on this computer with this library.
    fps : float
        Frame rate to hold.
    settings : ModelChoiceSettings, optional
    """
    settings = ModelChoiceSettings() if settings is None else settings
    budget_ms = _MS / fps * settings.budget_share
    known = _recalled(remembered)
    measured_ms = dict(known)

    def cost_ms(kind: PoseModelKind) -> float:
        if kind not in measured_ms:
            measured_ms[kind] = measure(kind)
        return measured_ms[kind]

    kind = PoseModelKind.FULL
    full_ms = cost_ms(kind)
    with contextlib.suppress(PoseModelError):  # a model that cannot be had is no choice, `full` is there
        if full_ms > budget_ms and cost_ms(PoseModelKind.LITE) < full_ms:
            kind = PoseModelKind.LITE
        elif full_ms * settings.heavy_cost_ratio <= budget_ms and cost_ms(PoseModelKind.HEAVY) <= budget_ms:
            kind = PoseModelKind.HEAVY
    return ModelChoice(kind, measured_ms, measured_ms[kind] <= budget_ms, remembered=measured_ms == known)


def measure_model(
    path: Path,
    picture: Picture,
    clock: Clock,
    settings: ModelChoiceSettings | None = None,
    detector_settings: DetectorSettings | None = None,
) -> float:
    """Median cost in milliseconds of a detection with body mask, on a picture with a person in it.

    Parameters
    ----------
    path : Path
        A verified model.
    picture : ndarray [shape=(h, w, 3)], uint8
    clock : Clock
    settings : ModelChoiceSettings, optional
    detector_settings : DetectorSettings, optional
    """
    settings = ModelChoiceSettings() if settings is None else settings
    detector_settings = DetectorSettings() if detector_settings is None else detector_settings
    small = resize_to_height(picture, detector_settings.picture_height_px)
    costs_ms = []
    with PoseDetector(path, settings=detector_settings) as detector:
        for index in range(settings.warm_up_frames + settings.measured_frames):
            start_s = clock.now_s()
            detector.detect(small, index / 30.0)
            if index >= settings.warm_up_frames:
                costs_ms.append((clock.now_s() - start_s) * _MS)
    return statistics.median(costs_ms)


def load_choice(path: Path) -> dict[str, Any] | None:
    """The remembered choice; None if there is none or it cannot be read."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def save_choice(path: Path, choice: ModelChoice) -> bool:
    """Remember ``choice``; False where the place cannot be written (then it is measured again next time)."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(json.dumps(choice.to_json()) + "\n", encoding="utf-8")
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        return False
    return True


def machine_key() -> str:
    """What the measurement depends on: processor, its cores, the pose library."""
    processor = platform.processor() or platform.machine()
    return f"{processor}, {os.cpu_count()} cores, mediapipe {pose_library_version()}"


def _recalled(remembered: Mapping[str, Any] | None) -> dict[PoseModelKind, float]:
    """Costs remembered from this very computer; anything odd in them is ignored."""
    if not remembered or remembered.get(_MACHINE_KEY) != machine_key():
        return {}
    measured = remembered.get(_MEASURED_KEY)
    if not isinstance(measured, dict):
        return {}
    costs = {kind: measured.get(kind.value) for kind in PoseModelKind}
    return {kind: cost for kind, cost in costs.items() if type(cost) is float and 0 < cost < float("inf")}
