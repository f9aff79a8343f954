"""Clips, sounds and planted differences for the tests of the comparison."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from coach.pose.body_mask import unpack_mask
from coach.pose.landmark_table import LANDMARK_INDEX
from coach.pose.pose_frame import PoseTrack
from coach.pose.reference import Audio, Reference
from coach.pose.trajectory import floor_trajectory
from coach.storage.folders import BUILT_IN_REFERENCES
from coach.storage.reference_hdf5 import read_reference

FloatArray = NDArray[np.float64]

RATE_HZ = 8000


@lru_cache
def whole_dance() -> Reference:
    return read_reference(BUILT_IN_REFERENCES / "first-steps.h5")


@lru_cache
def dance(start_s: float = 2.0, end_s: float = 11.0) -> Reference:
    """A stretch of the built-in reference, its sound too."""
    reference = whole_dance()
    times = reference.track.time_s
    index = np.flatnonzero((times >= start_s) & (times < end_s))
    assert reference.audio is not None
    rate_hz = reference.audio.rate_hz
    first_s = float(times[index[0]])
    pcm = reference.audio.pcm[round(first_s * rate_hz) : round(end_s * rate_hz)]
    beats_s = reference.beats_s[(reference.beats_s >= first_s) & (reference.beats_s <= times[index[-1]])] - first_s
    clip = rearranged(reference, index, times[index] - first_s)
    return replace(clip, audio=Audio(pcm, rate_hz), beats_s=beats_s, sections=())


def rearranged(reference: Reference, index: NDArray[np.int64], time_s: FloatArray) -> Reference:
    """Chosen frames at chosen times, without sound."""
    track = reference.track
    return replace(
        reference,
        track=PoseTrack(time_s, track.image[index], track.world[index], track.frame_size_px),
        masks=reference.masks[index],
        flow_energy=reference.flow_energy[index],
        flow_energy_parts=reference.flow_energy_parts[index],
        trajectory=reference.trajectory[index],
        audio=None,
        key_moments_s=np.zeros(0),
    )


def slowed(reference: Reference, factor: float) -> Reference:
    """The same movement in ``factor`` times the time."""
    clip = rearranged(reference, np.arange(reference.frame_count), reference.track.time_s * factor)
    return replace(clip, flow_energy=clip.flow_energy / factor, fps=clip.fps / factor)


def scaled(reference: Reference, factor: float, aside: float = 0.0) -> Reference:
    """Filmed from further away, and to the side."""
    image = reference.track.image.copy()
    image[..., :2] = (image[..., :2] - [0.5, 0.9]) * factor + [0.5 + aside, 0.9]
    track = replace(reference.track, image=image)
    return replace(reference, track=track, trajectory=floor_trajectory(track))


def bent(
    reference: Reference, angle_deg: float, spans_s: tuple[tuple[float, float], ...], side: str = "left"
) -> Reference:
    """The forearm turned about the elbow during ``spans_s``."""
    image, size = reference.track.image.copy(), np.array(reference.track.frame_size_px)
    times = reference.track.time_s
    chosen = np.zeros(len(times), dtype=bool)
    for start_s, end_s in spans_s:
        chosen |= (times >= start_s) & (times < end_s)
    turn = np.deg2rad(angle_deg)
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    elbow = image[chosen, LANDMARK_INDEX[f"{side}_elbow"], :2]
    for part in ("wrist", "pinky", "index", "thumb"):
        place = LANDMARK_INDEX[f"{side}_{part}"]
        image[chosen, place, :2] = elbow + (image[chosen, place, :2] - elbow) * size @ rotation.T / size
    return replace(reference, track=replace(reference.track, image=image))


def in_baggy_clothes(reference: Reference, width_px: int = 4, seed: int = 0) -> Reference:
    """Masks grown by folds of cloth that hang here and there."""
    rng = np.random.default_rng(seed)
    masks = unpack_mask(reference.masks)
    grown = masks.copy()
    for shift in range(1, width_px + 1):
        for axis in (1, 2):
            for step in (-shift, shift):
                folds = np.repeat(np.repeat(rng.random((len(masks), 32, 32)) < 0.6, 8, axis=1), 8, axis=2)
                grown |= np.roll(masks, step, axis=axis) & folds
    return replace(reference, masks=np.packbits(grown, axis=-1))


def music(duration_s: float, seed: int = 0, repeat_s: float | None = None, beat_s: float = 0.5) -> FloatArray:
    """A tune with a beat: random notes on half beats, clicks of noise on beats, at `RATE_HZ`."""
    rng = np.random.default_rng(seed)
    length_s = repeat_s or duration_s
    samples = np.zeros(round(length_s * RATE_HZ))
    note = np.arange(round(beat_s * RATE_HZ)) / RATE_HZ
    tuning_hz = 220.0 * 2.0 ** rng.uniform(-0.5, 0.5)
    colour = rng.uniform(0.2, 1.0, 3)
    for index in range(int(length_s / (beat_s / 2))):
        start = max(round((index * beat_s / 2 + rng.normal(0, 0.012)) * RATE_HZ), 0)
        pitch_hz = tuning_hz * 2.0 ** (rng.choice([0, 2, 4, 7, 9, 12, 14]) / 12)
        tone = rng.uniform(0.2, 1.0) * np.exp(-rng.uniform(3, 12) * note)
        tone = tone * sum(colour[k - 1] * np.sin(2 * np.pi * (pitch_hz * k * note + rng.random())) for k in (1, 2, 3))
        if index % 2 == 0:
            tone = tone + rng.normal(size=len(note)) * np.exp(-40 * note)
        end = min(start + len(tone), len(samples))
        samples[start:end] += tone[: end - start]
    return np.tile(samples, int(np.ceil(duration_s / length_s)))[: round(duration_s * RATE_HZ)]


def in_a_room(samples: FloatArray, seed: int = 0, echo_s: float = 0.4, cut_hz: float = 1500.0) -> FloatArray:
    """A phone across the room: echoes, no highs, no lows."""
    rng = np.random.default_rng(seed)
    count = round(echo_s * RATE_HZ)
    echo = rng.normal(size=count) * 10 ** (-3 * np.arange(count) / count)
    echo *= 0.7 / np.linalg.norm(echo)
    echo[0] += 0.3
    length = len(samples) + count
    spectrum = np.fft.rfft(samples, length) * np.fft.rfft(echo, length)
    frequencies = np.fft.rfftfreq(length, 1 / RATE_HZ)
    spectrum /= np.sqrt(1 + (frequencies / cut_hz) ** 8)
    spectrum[frequencies < 150] *= 0.1
    heard: FloatArray = np.fft.irfft(spectrum, length)[: len(samples)]
    return heard


def with_noise(samples: FloatArray, decibel: float, seed: int = 0) -> FloatArray:
    """White noise this much below the sound."""
    rng = np.random.default_rng(seed)
    return samples + rng.normal(size=len(samples)) * np.sqrt((samples**2).mean()) * 10 ** (-decibel / 20)
