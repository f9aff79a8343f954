"""Slow, obvious twins of the pose maths; they share no code with it."""

from __future__ import annotations

import math

import numpy as np


def three_point_angle_deg(before: np.ndarray, vertex: np.ndarray, after: np.ndarray) -> float:
    """Law of cosines."""
    a, b, c = math.dist(vertex, before), math.dist(vertex, after), math.dist(before, after)
    return math.degrees(math.acos(max(-1.0, min(1.0, (a * a + b * b - c * c) / (2 * a * b)))))


class PaperOneEuro:
    """The filter of the 2012 paper's appendix, one number at a time."""

    def __init__(self, min_cutoff_hz: float, beta: float, speed_cutoff_hz: float) -> None:
        self.min_cutoff_hz, self.beta, self.speed_cutoff_hz = min_cutoff_hz, beta, speed_cutoff_hz
        self.last: tuple[float, float, float] | None = None

    @staticmethod
    def _alpha(cutoff_hz: float, step_s: float) -> float:
        tau = 1.0 / (2.0 * math.pi * cutoff_hz)
        return 1.0 / (1.0 + tau / step_s)

    def step(self, value: float, time_s: float) -> float:
        if self.last is None:
            self.last = (time_s, value, 0.0)
            return value
        last_s, last_value, last_speed = self.last
        step_s = time_s - last_s
        alpha = self._alpha(self.speed_cutoff_hz, step_s)
        speed = alpha * (value - last_value) / step_s + (1 - alpha) * last_speed
        alpha = self._alpha(self.min_cutoff_hz + self.beta * abs(speed), step_s)
        smoothed = alpha * value + (1 - alpha) * last_value
        self.last = (time_s, smoothed, speed)
        return smoothed


def weighted_parabola(time_s: np.ndarray, values: np.ndarray, sigma_s: float, reach_s: float) -> np.ndarray:
    """Local quadratic regression of one series without nan, one ``lstsq`` a moment."""
    smoothed = np.empty_like(values)
    for index, now_s in enumerate(time_s):
        near = np.abs(time_s - now_s) <= reach_s * (1 + 1e-9)
        away = time_s[near] - now_s
        root = np.sqrt(np.exp(-0.5 * (away / sigma_s) ** 2))
        design = np.stack([np.ones_like(away), away, away**2], axis=1)
        if near.sum() < 3:
            smoothed[index] = np.average(values[near], weights=root**2)
        else:
            smoothed[index] = np.linalg.lstsq(design * root[:, None], values[near] * root, rcond=None)[0][0]
    return smoothed


def fault_stretches(
    edges_s: list[float], fault: list[bool], bridge_s: float, min_s: float
) -> list[tuple[float, float]]:
    """Walk along, open and close, then merge until nothing changes."""
    spans = [(edges_s[i], edges_s[i + 1]) for i in range(len(fault)) if fault[i]]
    changed = True
    while changed:
        changed = False
        for i in range(len(spans) - 1):
            if spans[i + 1][0] - spans[i][1] <= bridge_s:
                spans[i : i + 2] = [(spans[i][0], spans[i + 1][1])]
                changed = True
                break
    return [span for span in spans if span[1] - span[0] >= min_s - 1e-9]
