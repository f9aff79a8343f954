"""What a stored reference must fulfil before it is believed: sizes, times, finite numbers, sensible text."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coach.errors import Sentence
from coach.pose.reference import Reference
from coach.settings.storage import ReferenceFileSettings
from coach.storage.reference_layout import ARRAYS, INFO_TEXTS, PART_NAMES, SETTINGS, StoredReference

DAMAGED_ADVICE = "Take it from a backup, or record or extract it again"


class UnfitContentError(Exception):
    """What is wrong with a file or a reference, in words; turned into a `ReferenceFileError` with the file's name."""

    def __init__(self, problem: str, advice: str = DAMAGED_ADVICE) -> None:
        super().__init__(problem)
        self.problem, self.advice = problem, advice


def check_content(stored: StoredReference, settings: ReferenceFileSettings = SETTINGS, depth: int = 0) -> None:
    """Raise `UnfitContentError` for the first thing that a reference cannot be; takes included."""
    _check_shapes(stored, settings)
    check_attributes(stored.attributes, settings)
    _check_against_data(stored, settings)
    _check_time(stored, settings)
    for name in ("landmarks_image", "landmarks_world"):
        _check_landmarks(name, stored.arrays[name], settings)
    for name in ("trajectory", "flow_energy", "flow_energy_parts"):
        _require(not np.isinf(stored.arrays[name]).any(), "{name} holds infinite numbers", name=name)
    _check_moments(stored, settings)
    _check_audio(stored, settings)
    _require(
        len(stored.takes) <= settings.max_take_count, "it holds more than {most} takes", most=settings.max_take_count
    )
    _require(not stored.takes or depth < settings.max_take_depth, "its takes are nested too deeply")
    for take in stored.takes:
        check_content(take, settings, depth + 1)


def check_packable(reference: Reference, settings: ReferenceFileSettings = SETTINGS) -> None:
    """Raise `UnfitContentError` for what packing would change beyond recognition; takes included."""
    for section in reference.sections:
        check_text("section name", section.name, settings.max_section_name_bytes)
    sound = reference.audio
    _require(sound is None or sound.pcm.dtype == np.int16, "its sound is not made of 16 bit samples")
    for take in reference.takes:
        check_packable(take, settings)


def check_text(name: str, text: str, max_bytes: int) -> None:
    """Raise `UnfitContentError` for text that is too long or could upset a terminal or a screen."""
    bad = any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in text)
    _require(not bad, "its {name} holds line breaks or control characters", name=name)
    _require(
        len(text.encode()) <= max_bytes, "its {name} is longer than {max_bytes} bytes", name=name, max_bytes=max_bytes
    )


def _require(condition: bool | np.bool_, problem: str, **fields: object) -> None:
    """Raise `UnfitContentError` with ``problem``, a template for ``fields``, unless ``condition`` holds."""
    if not condition:
        raise UnfitContentError(Sentence(problem, **fields))


def _check_shapes(stored: StoredReference, settings: ReferenceFileSettings) -> None:
    frame_count = stored.frame_count
    _require(frame_count > 0, "it has no frames")
    _require(frame_count <= settings.max_frame_count, "it has more than {most} frames", most=settings.max_frame_count)
    for spec in ARRAYS:
        array = stored.arrays.get(spec.name)
        if array is None:
            _require(not spec.required, "it has no {name}", name=spec.name)
        elif spec.by_frame:
            expected = (frame_count, *spec.tail)
            _require(
                array.shape == expected,
                "{name} has the shape {shape} instead of {expected}",
                name=spec.name,
                shape=array.shape,
                expected=expected,
            )
        else:
            _require(array.ndim == 1, "{name} has {ndim} dimensions instead of 1", name=spec.name, ndim=array.ndim)


def check_attributes(attributes: Mapping[str, Any], settings: ReferenceFileSettings = SETTINGS) -> None:
    """Raise `UnfitContentError` for attributes that no reference can have."""
    for name in INFO_TEXTS:
        check_text(name, attributes[name], settings.max_text_bytes)
    fps, size_px = attributes["fps"], attributes["frame_size_px"]
    _require(0 < fps <= settings.max_fps, "its frame rate is {fps:g} frames a second", fps=fps)
    sides_fit = all(0 < side <= settings.max_frame_side_px for side in size_px)
    _require(sides_fit, "its picture size is {width} x {height}", width=size_px[0], height=size_px[1])
    _require(0 < attributes["frame_count"] <= settings.max_frame_count, "its frame count is impossible")
    _require(0 <= attributes["duration_s"] <= settings.max_duration_s, "its length is impossible")


def _check_against_data(stored: StoredReference, settings: ReferenceFileSettings) -> None:
    attributes: dict[str, Any] = stored.attributes
    _require(attributes["frame_count"] == stored.frame_count, "its frame count and its data differ")
    last_s = float(stored.arrays["time_s"][-1])
    _require(abs(attributes["duration_s"] - last_s) <= settings.time_slack_s, "its length and its last frame differ")
    parts = stored.array_attributes["flow_energy_parts"]["part_names"]
    _require(parts == PART_NAMES, "its body parts are not those of this version")


def _check_time(stored: StoredReference, settings: ReferenceFileSettings) -> None:
    time_s = stored.arrays["time_s"]
    _require(np.isfinite(time_s).all(), "its times are not all numbers")
    _require(abs(time_s[0]) <= settings.time_slack_s, "its first frame is not at time 0")
    _require((np.diff(time_s) > 0).all(), "its times do not increase from frame to frame")
    _require(
        time_s[-1] <= settings.max_duration_s,
        "it is longer than {minutes:g} minutes",
        minutes=settings.max_duration_s / 60,
    )


def _check_landmarks(name: str, landmarks: NDArray[np.float32], settings: ReferenceFileSettings) -> None:
    place, visibility = landmarks[..., :3], landmarks[..., 3]
    _require(((visibility >= 0) & (visibility <= 1)).all(), "a visibility in {name} is not between 0 and 1", name=name)
    missing = np.isnan(place)
    _require((missing.all(axis=-1) == missing.any(axis=-1)).all(), "a landmark in {name} is half missing", name=name)
    _require(not (visibility[missing[..., 0]] > 0).any(), "a missing landmark in {name} is called visible", name=name)
    _require(
        not (np.abs(place) > settings.max_landmark).any(), "a landmark in {name} is impossibly far away", name=name
    )


def _check_moments(stored: StoredReference, settings: ReferenceFileSettings) -> None:
    end_s = float(stored.arrays["time_s"][-1]) + settings.tail_s
    for name in ("key_moments", "beats_s"):
        moments = stored.arrays.get(name, np.zeros(0))
        _require(
            len(moments) <= settings.max_moment_count,
            "{name} has more than {most} entries",
            name=name,
            most=settings.max_moment_count,
        )
        inside = np.isfinite(moments).all() and ((moments >= -settings.tail_s) & (moments <= end_s)).all()
        _require(inside, "{name} holds a time outside the reference", name=name)
        _require((np.diff(moments) >= 0).all(), "the times in {name} do not increase", name=name)
    sections = stored.arrays.get("sections", ())
    _require(
        len(sections) <= settings.max_section_count, "it has more than {most} sections", most=settings.max_section_count
    )
    for row in sections:
        start_s, stop_s = float(row["start_s"]), float(row["end_s"])
        _require(-settings.time_slack_s <= start_s < stop_s <= end_s, "a section lies outside the reference")
        try:
            check_text("section name", bytes(row["name"]).decode(), settings.max_section_name_bytes)
        except UnicodeDecodeError as error:
            raise UnfitContentError("a section name is not text") from error


def _check_audio(stored: StoredReference, settings: ReferenceFileSettings) -> None:
    if "audio" not in stored.arrays:
        return
    rate_hz: Any = stored.array_attributes["audio"]["rate_hz"]
    _require(0 < rate_hz <= settings.max_audio_rate_hz, "its sound has {rate_hz} samples a second", rate_hz=rate_hz)
    longest_s = settings.max_duration_s + settings.tail_s
    _require(len(stored.arrays["audio"]) <= longest_s * rate_hz, "its sound is too long")
