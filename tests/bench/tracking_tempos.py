"""Dancers who keep to another tempo than the teacher's: the place must be as right as at the teacher's own."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.pose.offline import clean_track
from coach.pose.pose_frame import PoseTrack
from coach.routine.body import AVERAGE_BODY
from coach.routine.routine import first_steps_routine
from coach.settings.pose import OfflineSmoothingSettings
from coach.settings.routine import StageCamera
from tests.bench.tracking_cases import AHEAD_S, live_features
from tests.bench.tracking_follow import follow, set_name, told
from tests.bench.tracking_footage import landmarks

FloatArray = NDArray[np.float64]

_TEMPOS = (0.5, 0.6, 0.7, 0.85, 1.0, 1.15, 1.3)
_TUNING = (0.5, 0.7, 1.0, 1.3)
_FPS = 30.0
_NOISE = 0.004
_SETTLED_S = 4.0
"""Of the dancer's clock, before which the pace is still being learnt."""


def real_tempos(footage: Path) -> None:
    """Each dancer of the real pair after the other, without music, pictures repeated or left out."""
    raw = {who: landmarks(footage / f"{who}.mp4", "plain") for who in ("student", "teacher")}
    clean = {who: clean_track(clip, OfflineSmoothingSettings()) for who, clip in raw.items()}
    print("\nReal pair at a steady tempo, told place minus the true one, in ms")
    print(f"{'tempo':>6s} {'set':7s}" + "".join(f"   {who:s}: median, <0.5s" for who in raw))
    for tempo in _TEMPOS:
        figures = []
        for who, clip in raw.items():
            reference = clean["teacher" if who == "student" else "student"]
            places = np.arange(0.0, clip.time_s[-1], tempo / _FPS)
            times = np.arange(len(places)) / _FPS
            frames = np.clip(np.rint(places * _FPS).astype(int), 0, len(clip) - 1)
            truth_s = places + (-AHEAD_S if who == "student" else AHEAD_S)
            truth_s[(truth_s < 1.0) | (truth_s > reference.time_s[-1] - 0.5) | (times < _SETTLED_S)] = np.nan
            figures.append(_figures(told(follow(reference, live_features(clip, frames, times), times)), truth_s))
        print(f"{tempo:6.2f} {set_name(tempo in _TUNING):7s}" + "".join(f"{text:>25s}" for text in figures))


def drawn_tempos() -> None:
    """A drawn student of other proportions before a noisy sensor, with the music and without."""
    routine = first_steps_routine()
    reference = routine.truth_track(30.0)
    body = AVERAGE_BODY.varied(arms=0.9, legs=0.85).scaled(0.8)
    rng = np.random.default_rng(4)
    print("\nDrawn student at a steady tempo, told place minus the true one, in ms")
    print(f"{'tempo':>6s} {'set':7s}   with music: median, <0.5s   without: median, <0.5s")
    for tempo in _TEMPOS:
        times = np.arange(0.0, (routine.duration_s - 1.0) / tempo, 1.0 / _FPS)
        places = tempo * times
        image = np.array([routine.truth(place, body, StageCamera(yaw_deg=10.0)).image for place in places.tolist()])
        image[..., :2] += rng.normal(0.0, _NOISE, image[..., :2].shape)
        track = PoseTrack(times, image, np.full_like(image, np.nan), reference.frame_size_px)
        features = live_features(track, np.arange(len(times)), times)
        truth_s = np.where(times < _SETTLED_S, np.nan, places)
        figures = [_figures(told(follow(reference, features, times, music_s)), truth_s) for music_s in (places, None)]
        print(f"{tempo:6.2f} {set_name(tempo in _TUNING):7s}" + "".join(f"{text:>25s}" for text in figures))


def _figures(told_s: FloatArray, truth_s: FloatArray) -> str:
    """Median of the signed error, and the share within half a second (no place is a wrong one), where truth counts."""
    error_s = (told_s - truth_s)[np.isfinite(truth_s)]
    return f"{1e3 * np.nanmedian(error_s):+7.0f} {np.mean(np.abs(error_s) <= 0.5):7.3f}"
