"""The entries of a session's log: one JSON object a line, with the promised fields and no others.

``start``, then a ``frame`` for each picture, a ``cue`` after the frame that brought it, and ``end``. Numbers are
rounded (see `LogSettings`) and finite or null, keys keep their order: the same session gives the same lines, but for
``latency_ms``. An entry of ``worst`` is ``{"joint", "start_s", "end_s", "error_deg", "tolerance_deg"}`` with times of
the reference, worst first.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from coach.judging.mistake_spans import MistakeSpan
from coach.judging.verdicts import Cue, EnergyReading, JointReading
from coach.session.session_state import ScoreReading, SessionState
from coach.settings.storage import LogSettings

Entry = dict[str, Any]


@dataclass(frozen=True)
class LatencyMs:
    """What each step of one frame cost, and its age when all was done."""

    pose: float
    flow: float
    track: float
    judge: float
    total: float


def start_entry(
    *, reference: str, duration_s: float, source: str, model: str, software_version: str, settings: LogSettings
) -> Entry:
    """The first line."""
    return {
        "event": "start",
        "reference": reference,
        "duration_s": rounded(duration_s, settings.time_decimals),
        "source": source,
        "model": model,
        "software_version": software_version,
    }


def frame_entry(state: SessionState, latency: LatencyMs, settings: LogSettings) -> Entry:
    """The line of one frame."""
    position = state.position
    return {
        "event": "frame",
        "frame": state.frame_index,
        "time_s": rounded(state.time_s, settings.time_decimals),
        "state": position.state.value,
        "reference_s": rounded(position.reference_s, settings.time_decimals),
        "confidence": rounded(position.confidence, settings.ratio_decimals),
        "tempo": rounded(position.tempo, settings.ratio_decimals),
        "timing_ms": rounded(state.timing_ms, settings.timing_decimals),
        "mirrored": bool(position.mirrored),
        "seen": rounded(state.seen, settings.ratio_decimals),
        "joints": {reading.joint: _joint(reading, settings) for reading in state.joints},
        "energy": _energy(state.energy, settings),
        "score": rounded(state.score.total, settings.score_decimals),
        "latency_ms": {
            name: rounded(getattr(latency, name), settings.latency_decimals)
            for name in ("pose", "flow", "track", "judge", "total")
        },
    }


def cue_entry(cue: Cue, spoken: bool, settings: LogSettings) -> Entry:
    """The line of one cue."""
    return {
        "event": "cue",
        "time_s": rounded(cue.time_s, settings.time_decimals),
        "reference_s": rounded(cue.reference_s, settings.time_decimals),
        "kind": cue.kind.value,
        "joint": cue.joint,
        "text": cue.text,
        "spoken": bool(spoken),
    }


def end_entry(
    *,
    frames: int,
    dropped: int,
    seen: float | None,
    score: ScoreReading | None,
    worst: Sequence[MistakeSpan],
    settings: LogSettings,
) -> Entry:
    """The last line."""
    parts = ("angles", "trajectory", "extension", "timing")
    return {
        "event": "end",
        "frames": int(frames),
        "dropped": int(dropped),
        "seen": rounded(seen, settings.ratio_decimals),
        "score": rounded(score.total if score else None, settings.score_decimals),
        "parts": {name: rounded(getattr(score, name) if score else None, settings.score_decimals) for name in parts},
        "worst": [
            {
                "joint": moment.joint,
                "start_s": rounded(moment.start_s, settings.time_decimals),
                "end_s": rounded(moment.end_s, settings.time_decimals),
                "error_deg": rounded(moment.error_deg, settings.angle_decimals),
                "tolerance_deg": rounded(moment.tolerance_deg, settings.tolerance_decimals),
            }
            for moment in worst
        ],
    }


def rounded(value: float | None, decimals: int) -> float | None:
    """``value`` to so many decimals, never minus zero; None for what is missing or not finite."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), decimals) + 0.0


def as_line(entry: Entry) -> str:
    """One line of the log, with its end."""
    return json.dumps(entry, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _joint(reading: JointReading, settings: LogSettings) -> Entry:
    decimals = settings.angle_decimals
    return {
        "angle_deg": rounded(reading.angle_deg, decimals),
        "target_deg": rounded(reading.target_deg, decimals),
        "error_deg": rounded(reading.error_deg, decimals),
        "tolerance_deg": rounded(reading.tolerance_deg, settings.tolerance_decimals),
        "verdict": reading.verdict.value,
    }


def _energy(reading: EnergyReading, settings: LogSettings) -> Entry:
    return {
        "student": rounded(reading.student, settings.energy_decimals),
        "teacher": rounded(reading.teacher, settings.energy_decimals),
        "verdict": reading.verdict.value,
    }
