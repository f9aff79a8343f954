"""Cross-correlations by FFT: the phase transform for one recording in two clips, and plain ones for curves.

Knapp and Carter, "The generalized correlation method for estimation of time delay", IEEE Trans. ASSP 1976.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

_USUAL_PEAK = 0.97


@dataclass(frozen=True)
class Correlation:
    """Agreement for every offset.

    Attributes
    ----------
    offset_s : ndarray [shape=(L,)], float64
        Rising; positive where the second sound's clock runs ahead of the first's.
    value : ndarray [shape=(L,)], float64
    """

    offset_s: FloatArray
    value: FloatArray

    def best(self) -> tuple[float, float]:
        """Offset and value of the highest peak, between samples by a parabola."""
        return self._refined(int(np.argmax(self.value)))

    def margin(self) -> float:
        """How far the highest peak stands out of nearly all other local peaks: little where only the beat is common."""
        value = self.value
        if len(value) < 3:
            return 0.0
        inner = value[1:-1]
        local = inner[(inner > value[:-2]) & (inner >= value[2:])]
        return float(value.max() - np.quantile(local, _USUAL_PEAK)) if len(local) else 0.0

    def peaks(self, share: float, apart_s: float, most: int) -> list[tuple[float, float]]:
        """Offsets and values of the highest peaks, highest first."""
        left = self.value.copy()
        step_s = float(self.offset_s[1] - self.offset_s[0])
        reach = max(1, round(apart_s / step_s))
        found: list[tuple[float, float]] = []
        while len(found) < most:
            index = int(np.argmax(left))
            if not left[index] > 0 or (found and left[index] < share * found[0][1]):
                break
            found.append(self._refined(index))
            left[max(0, index - reach) : index + reach + 1] = -np.inf
        return found

    def _refined(self, index: int) -> tuple[float, float]:
        value = float(self.value[index])
        step_s = float(self.offset_s[1] - self.offset_s[0])
        if not 0 < index < len(self.value) - 1:
            return float(self.offset_s[index]), value
        before, after = float(self.value[index - 1]), float(self.value[index + 1])
        bend = before - 2 * value + after
        shift = 0.5 * (before - after) / bend if bend < 0 else 0.0
        return float(self.offset_s[index]) + shift * step_s, value - 0.25 * (before - after) * shift


def phase_correlation(
    teacher: FloatArray,
    student: FloatArray,
    rate_hz: int,
    band_hz: tuple[float, float],
    whitening: float = 1.0,
    min_overlap_s: float = 0.0,
) -> Correlation:
    """GCC-PHAT of two sounds, in standard deviations of its own noise.

    Parameters
    ----------
    teacher, student : ndarray [shape=(n,)] and [shape=(m,)], float64
    rate_hz : int
    band_hz : (float, float)
        Frequencies outside do not count.
    whitening : float
        1 keeps only the phases; a little less trusts loud frequencies more.
    min_overlap_s : float
        Offsets with less in common are left out.
    """
    length = 1 << int(np.ceil(np.log2(len(teacher) + len(student))))
    cross = np.fft.rfft(student, length) * np.conj(np.fft.rfft(teacher, length))
    frequencies = np.fft.rfftfreq(length, 1.0 / rate_hz)
    magnitude = np.abs(cross)
    floor = 1e-12 + 1e-6 * float(magnitude.mean())
    cross *= ((frequencies >= band_hz[0]) & (frequencies <= band_hz[1])) / (magnitude + floor) ** whitening
    curve = np.fft.irfft(cross, length)
    values, lags = _by_lag(curve, len(teacher), len(student), min_overlap_s * rate_hz)
    noise = float(np.median(np.abs(values))) * 1.4826
    return Correlation(lags / rate_hz, values / noise if noise > 0 else np.zeros(len(values)))


def curve_correlation(teacher: FloatArray, student: FloatArray, fps: float, min_overlap_s: float) -> Correlation:
    """Normalised correlation -1..1 of two sets of curves, (n, k) and (m, k), over what they have in common."""
    length = 1 << int(np.ceil(np.log2(len(teacher) + len(student))))
    ones = (np.ones(len(teacher)), np.ones(len(student)))
    product = _sum_of_products(teacher, student, length)
    teacher_power = _sum_of_products((teacher**2).sum(axis=1)[:, None], ones[1][:, None], length)
    student_power = _sum_of_products(ones[0][:, None], (student**2).sum(axis=1)[:, None], length)
    power = np.sqrt(np.maximum(teacher_power * student_power, 1e-12))
    least = 1e-6 * float(power.max(initial=0.0)) + 1e-12
    values, lags = _by_lag(product / np.maximum(power, least), len(teacher), len(student), min_overlap_s * fps)
    return Correlation(lags / fps, values)


def _sum_of_products(teacher: FloatArray, student: FloatArray, length: int) -> FloatArray:
    spectrum = (np.fft.rfft(student, length, axis=0) * np.conj(np.fft.rfft(teacher, length, axis=0))).sum(axis=1)
    sums: FloatArray = np.fft.irfft(spectrum, length)
    return sums


def _by_lag(curve: FloatArray, n: int, m: int, min_overlap: float) -> tuple[FloatArray, FloatArray]:
    """Values in the order of their lag, and the lags, where at least ``min_overlap`` samples are shared."""
    lags = np.arange(-(n - 1), m)
    overlap = np.minimum(m, n + lags) - np.maximum(0, lags)
    lags = lags[overlap >= max(1.0, min(min_overlap, n, m))]
    return curve[lags], lags.astype(np.float64)
