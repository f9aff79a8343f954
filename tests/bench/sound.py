"""How good the sound is: ``python -m tests.bench.sound``.

Pitch of slowed music, clicks at loops, starts, stops and jumps, how soon and how exactly music starts, and how well the
music's clock keeps to a sound card with another clock. The mixer's real output is looked at (SDL's ``disk`` driver
writes it to a file); what cannot be seen here is what a sound card, its driver and the air add: that is what the
latency check of the app measures.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import numpy as np

from coach.app.sound.programme import Song
from coach.devices import time_stretch
from coach.devices.audio_file import filtered_tempo, to_pcm
from coach.devices.time_stretch import stretched
from coach.pose.reference import Audio
from coach.practice.card_drift import CardDrift
from coach.settings.music import CardClockSettings
from tests.bench.figures import Row, Samples, in_words, machine, middle, percentile, table
from tests.bench.program import environment, run
from tests.bench.sound_child import LOOP_S, RATE_HZ, ROUNDS, noise, tone

TEMPOS = (0.5, 0.75, 0.9, 1.2)
TONE_HZ = 440.0
SMALL = 200
"""Amplitude above which there is sound."""


def main() -> int:
    """Measure and print."""
    facts = machine()
    rows = [*pitch_rows(), *stall_rows(), *mixer_rows(), *drift_rows()]
    print(in_words(facts))
    print(table(rows))
    return 0


# -- pitch -------------------------------------------------------------------------------------------------------------
def frequency_hz(samples: np.ndarray, rate_hz: int) -> float:
    """The strongest frequency, by a parabola through the logarithms of the spectrum's peak (Gaussian window)."""
    count = len(samples)
    window = np.exp(-0.5 * ((np.arange(count) - count / 2) / (count / 8)) ** 2)
    spectrum = np.log(np.abs(np.fft.rfft(samples * window)) + 1e-9)
    peak = int(spectrum.argmax())
    low, middle_, high = spectrum[peak - 1 : peak + 2]
    return float((peak + 0.5 * (low - high) / (low - 2 * middle_ + high)) * rate_hz / count)


def pitch_error_cents(tempo: float, *, fallback: bool = False) -> float:
    """Of a tone of 440 Hz played at ``tempo``."""
    rate_hz = 22_050
    time_s = np.arange(8 * rate_hz) / rate_hz
    audio = Audio(np.round(9000 * np.sin(2 * np.pi * TONE_HZ * time_s)).astype(np.int16), rate_hz)
    slow = Audio(to_pcm(filtered_tempo(audio, tempo)), rate_hz) if fallback else stretched(audio, tempo)
    inner = slow.pcm[rate_hz:-rate_hz].astype(float)
    return float(1200 * np.log2(frequency_hz(inner, rate_hz) / TONE_HZ))


def pitch_rows() -> list[Row]:
    """Both ways to stretch."""
    rows = []
    for name, fallback in (("python-stretch", False), ("FFmpeg, where that is missing", True)):
        for tempo in TEMPOS:
            error = pitch_error_cents(tempo, fallback=fallback)
            rows.append(Row(f"Pitch, {name}", f"{tempo:.0%}", "cents", error, note="budget: 5 cents"))
    return rows


def stall_rows() -> list[Row]:
    """How long music of three minutes takes, in the process of its own and in ours (where it stops everything)."""
    rate_hz = 22_050
    song = Audio(np.random.default_rng(1).normal(0, 3000, 180 * rate_hz).astype(np.int16), rate_hz)
    rows = []
    for tempo in (0.5, 0.9):
        for name, make in (
            ("apart", lambda tempo=tempo: time_stretch.stretched_apart(song, tempo, 120.0)),
            ("in our own process", lambda tempo=tempo: stretched(song, tempo)),
        ):
            samples = Samples()
            with samples.timed():
                make()
            rows.append(samples.row("Three minutes of music at another speed", f"{tempo:.0%}, {name}"))
    return rows


# -- the mixer's own output --------------------------------------------------------------------------------------------
def played(kind: str, folder: Path) -> tuple[np.ndarray, list[tuple[str, float, float]]]:
    """What the mixer gave out while `sound_child` ran, and what happened when."""
    raw, facts = folder / f"{kind}.raw", folder / f"{kind}.json"
    more = {"SDL_AUDIODRIVER": "disk", "SDL_DISKAUDIOFILE": str(raw), "SDL_VIDEODRIVER": "dummy"}
    run([sys.executable, "-m", "tests.bench.sound_child", str(facts), kind], environment(more))
    return np.fromfile(raw, np.int16), [tuple(fact) for fact in json.loads(facts.read_text(encoding="utf-8"))]


def stretches(samples: np.ndarray, gap_s: float = 0.15) -> list[tuple[int, int]]:
    """First and last sample of everything that is separated by silence."""
    loud = np.flatnonzero(np.abs(samples) > SMALL)
    breaks = np.flatnonzero(np.diff(loud) > gap_s * RATE_HZ)
    return list(zip(loud[np.r_[0, breaks + 1]].tolist(), loud[np.r_[breaks, len(loud) - 1]].tolist(), strict=True))


def roughness(samples: np.ndarray) -> float:
    """Largest bend of the curve: what is heard as a click."""
    return float(np.abs(np.diff(samples.astype(float), 2)).max())


def loop_figures(samples: np.ndarray) -> dict[str, float]:
    """Of a run with the tone: how exactly rounds repeat, and how rough they and what follows them are."""
    parts = stretches(samples)[1:-1]  # between the clicks
    (first, last), *rest = parts
    period = round((LOOP_S[1] - LOOP_S[0]) * RATE_HZ)
    rounds = samples[first + RATE_HZ // 5 : last - RATE_HZ // 10]
    steady = roughness(rounds[: RATE_HZ // 2])
    return {
        "period_difference": float(np.abs(rounds[period:].astype(int) - rounds[:-period]).max()),
        "rounds": len(rounds) / period,
        "loop": roughness(rounds) / steady,
        "start": roughness(samples[first - 500 : first + RATE_HZ // 5]) / steady,
        "stop": roughness(samples[last - RATE_HZ // 10 : last + 500]) / steady,
        "jumps": max(roughness(samples[a - 500 : b + 500]) / steady for a, b in rest),
    }


def start_figures(samples: np.ndarray, facts: list[tuple[str, float, float]]) -> tuple[list[float], list[float]]:
    """Of a run with noise: delays of starts, and how far sound was from the transport, in ms, early positive.

    Both against a click that was played at once, which itself waits for the next buffer.
    """
    parts = stretches(samples)
    click_s = next(time_s for what, time_s, _ in facts if what == "click")
    song, starts_ms, places_ms = noise().astype(float), [], []
    begun = [fact for fact in facts if fact[0] == "start"]
    for (first, last), (_, start_s, place_s) in zip(parts[1:-1], begun, strict=True):
        wanted = parts[0][0] + (start_s - click_s) * RATE_HZ
        starts_ms.append((first - wanted) / RATE_HZ * 1000)
        middle_ = (first + last) // 2
        heard_s = _place_s(samples[middle_ : middle_ + 2048].astype(float), song)
        places_ms.append((heard_s - place_s - (middle_ - wanted) / RATE_HZ) * 1000)
    return starts_ms, places_ms


def _place_s(block: np.ndarray, song: np.ndarray) -> float:
    size = 1 << (len(song) + len(block)).bit_length()
    alike = np.fft.irfft(np.fft.rfft(song, size) * np.conj(np.fft.rfft(block, size)), size)
    return float(alike[: len(song)].argmax()) / RATE_HZ


def mixer_rows() -> list[Row]:
    """Everything that is read off the mixer's output."""
    with tempfile.TemporaryDirectory() as name:
        loop = loop_figures(played("tone", Path(name))[0])
        starts_ms, places_ms = start_figures(*played("noise", Path(name)))
    section = "The mixer's output: bends, in those of the tone itself (1 is no click)"
    rows = [
        Row(section, "loop points", "x", loop["loop"], count=round(loop["rounds"])),
        Row(section, "start", "x", loop["start"]),
        Row(section, "stop", "x", loop["stop"]),
        Row(section, "start, three jumps, stop", "x", loop["jumps"]),
        Row("Rounds of a loop", "largest difference of two", "steps", loop["period_difference"], count=ROUNDS),
    ]
    starts, places = Samples(starts_ms), [abs(each) for each in places_ms]
    rows.append(starts.row("Start", "first sample after play()", "budget: 50 ms"))
    note = "budget: 45 early, 125 late; against a click played at once"
    rows.append(Row("Start", "sound against transport", "ms", middle(places_ms), percentile(places, 95.0), None,
                    len(places), note))  # fmt: skip
    return rows


# -- drift -------------------------------------------------------------------------------------------------------------
def drift_ms(rate_error: float, duration_s: float, *, led: bool, jitter_s: float = 0.006) -> float:
    """Worst distance of sound and transport over ``duration_s`` with a card that much faster than the clock.

    The same arithmetic as in `MusicPlayer`, with answers of the card that are off by a buffer.
    """
    settings = CardClockSettings()
    drift, chances, shift_s, worst_s = CardDrift(settings), np.random.default_rng(2), 0.0, 0.0
    drift.start(0.0)
    for now_s in np.arange(0.0, duration_s, 1 / 30):
        card_s = now_s * (1 + rate_error)
        ahead_s = drift.step(float(now_s), float(card_s + chances.uniform(-jitter_s, jitter_s)))
        if led and ahead_s is not None:
            step_s = settings.nudge_s_per_s / 30
            shift_s += min(max(ahead_s - shift_s, -step_s), step_s)
        worst_s = max(worst_s, abs(card_s - now_s - shift_s))
    return worst_s * 1000


def drift_rows() -> list[Row]:
    """Five minutes with sound cards that are faster or slower than the clock."""
    section = "Drift of sound against transport in five minutes (arithmetic)"
    rows = []
    for ppm in (20, 100, -300):
        for led in (False, True):
            name = f"{ppm:+d} ppm, {'led after the card' if led else 'left alone'}"
            rows.append(Row(section, name, "ms", drift_ms(ppm * 1e-6, 300.0, led=led), note="budget: 20 ms"))
    song = Song(tone(), 1.0, RATE_HZ)
    rounds = 300.0 / (LOOP_S[1] - LOOP_S[0])
    exact = (LOOP_S[1] - LOOP_S[0]) * RATE_HZ
    lost_ms = abs(song.index(LOOP_S[1] - LOOP_S[0]) - exact) * rounds / RATE_HZ * 1000
    rows.append(Row(section, "a loop's rounds in whole samples", "ms", lost_ms, count=round(rounds)))
    return rows


if __name__ == "__main__":
    sys.exit(main())
