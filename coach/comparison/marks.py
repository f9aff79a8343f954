"""The score of a comparison: the live score's angles and path, and the body part with the mask taken in."""

from __future__ import annotations

import numpy as np

from coach.comparison.replay import Judged
from coach.comparison.result.measures import MaskResult
from coach.comparison.result.score import ScorePart, ScoreResult
from coach.settings.comparison import ComparisonSettings


def mark(judged: Judged, mask: MaskResult, settings: ComparisonSettings) -> ScoreResult:
    """50 angles, 30 path, 20 mask, extension and energy; what could not be judged leaves the others its share."""
    weights, reading = settings.coach.judging.score, judged.score
    share = settings.finding.body_mask_share
    energy_share = float(np.isfinite(judged.student_energy).mean())
    body_parts = (
        ScorePart("mask", "outline", mask.score, 100.0 * share, mask.judged_share),
        ScorePart("extension_energy", "reach and energy", reading.extension, 100.0 * (1.0 - share), energy_share),
    )
    body = _mean(body_parts)
    parts = (
        ScorePart("angles", "joint angles", reading.angles, weights.angles_weight, reading.judged_share),
        ScorePart(
            "trajectory",
            "path on the floor",
            reading.trajectory,
            weights.trajectory_weight,
            float(np.isfinite(judged.floor_cosine).mean()),
        ),
        ScorePart(
            "body", "outline, reach and energy", body, weights.extension_weight, max(mask.judged_share, energy_share)
        ),
    )
    followed = min(judged.followed_share / weights.enough_followed_share, 1.0)
    mean = _mean(parts) if reading.angles is not None else None
    total = 0.0 if mean is None and followed < 1.0 else None if mean is None else mean * followed
    words = _words(parts, followed, total)
    return ScoreResult(total, parts, body_parts, reading.timing, judged.followed_share, reading.judged_share, words)


def _mean(parts: tuple[ScorePart, ...]) -> float | None:
    known = [(part.weight, part.value) for part in parts if part.value is not None and part.weight > 0]
    return sum(weight * value for weight, value in known) / sum(weight for weight, _ in known) if known else None


def _words(parts: tuple[ScorePart, ...], followed: float, total: float | None) -> str:
    if total is None:
        return "Too little could be seen for a score."
    known = [part for part in parts if part.value is not None]
    scale = 100.0 / sum(part.weight for part in known) if known else 1.0
    terms = [f"{part.label} {part.value:.0f} x {part.weight * scale:.0f} %" for part in known]
    missing = [part.label for part in parts if part.value is None]
    words = f"{' + '.join(terms)} = {total / followed if followed > 0 else 0.0:.0f}."
    if missing:
        words += f" Not judged: {', '.join(missing)}."
    if followed < 1.0:
        words += f" Only part of it is the teacher's dance: {total:.0f} remain."
    return words
