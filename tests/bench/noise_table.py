"""How wrong the pose model's angles are: ``python -m tests.bench.noise_table [--footage FOLDER] [--views]``.

A dancer is drawn from known landmarks - the built-in routine, and the movement of the filmed teacher - and seen by the
real pose model. The table that `coach.judging.noise_model` holds is measured here: raw, smoothed live (the student) and
smoothed offline (the teacher), and how the error grows where a limb is short in the picture or fast. ``--views`` turns
the dancer by 30 to 60 degrees and asks whether angles in space would do better there than angles in the picture.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from coach.judging.noise_model import MEDIAN_ERROR_DEG, STANDARD_ERRORS_PER_MEDIAN
from coach.pose.joint_angles import joint_angles_deg, joint_angles_world_deg, limb_visible_share
from coach.pose.joint_table import JOINT_NAMES
from coach.pose.offline import clean_track
from coach.pose.one_euro import LiveSmoother
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.settings.pose import OfflineSmoothingSettings
from tests.bench.drawn_pictures import detected, turned
from tests.bench.judging_dances import danced, drawn_movement, real_movement
from tests.conftest import FOOTAGE

KINDS = tuple(MEDIAN_ERROR_DEG)
_SHARE_EDGES = (0.25, 0.35, 0.5, 0.7, 2.0)
_RATE_EDGES = (0.0, 60.0, 150.0, 300.0, 1e9)
_AGREES_WITHIN = 1.35
_FPS = 30.0
_TURNS_DEG = (0.0, 30.0, 60.0)
_VIEW_S = 15.0


@dataclass(frozen=True)
class Sensed:
    """One movement: its truth and what became of it; angles of shape (T, 14).

    Attributes
    ----------
    truth, truth_world : ndarray
        Angles in the picture and in space.
    raw, live, offline, world : ndarray
        As the model gives them, smoothed for a student, for a teacher, and in space (smoothed live).
    share, rate_deg_s : ndarray
        How much of its length each limb shows, and the joint's true speed.
    """

    truth: FloatArray
    truth_world: FloatArray
    raw: FloatArray
    live: FloatArray
    offline: FloatArray
    world: FloatArray
    share: FloatArray
    rate_deg_s: FloatArray


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.noise_table", description=__doc__)
    parser.add_argument("--footage", type=Path, default=FOOTAGE)
    parser.add_argument("--views", action="store_true", help="also the dancer turned, in the picture and in space")
    options = parser.parse_args()
    video = options.footage / "teacher.mp4"
    movements = {"drawn": danced(drawn_movement()).track}
    if video.is_file():
        movements["real"] = danced(real_movement(video)).track
    all_sensed = {name: sense(track) for name, track in movements.items()}
    whole = joined(list(all_sensed.values()))
    for name, sensed in all_sensed.items():
        print(f"{name}: median / p95 of the absolute error in degrees; raw, live, offline, in space (live)")
        for kind in KINDS:
            cells = [_cell(one, sensed.truth, kind) for one in (sensed.raw, sensed.live, sensed.offline)]
            print(f"  {kind:9s}{'  '.join(cells)}  {_cell(sensed.world, sensed.truth_world, kind)}")
    growth("limb's share of its length", whole, whole.share, _SHARE_EDGES)
    growth("joint's speed, degrees a second", whole, np.abs(whole.rate_deg_s), _RATE_EDGES)
    agreement(whole)
    if options.views:
        for name, track in movements.items():
            count = round(_VIEW_S * _FPS)
            views(name, PoseTrack(track.time_s[:count], track.image[:count], track.world[:count], track.frame_size_px))
    return 0


def sense(track: PoseTrack) -> Sensed:
    """Draw, detect, smooth and measure."""
    seen = detected(track)
    smoother = LiveSmoother()
    live = PoseTrack.from_frames([smoother.step(seen.frame(index)) for index in range(len(seen))])
    offline = clean_track(seen, OfflineSmoothingSettings())
    truth = angles(track)
    return Sensed(
        truth,
        joint_angles_world_deg(track.world),
        angles(seen),
        angles(live),
        angles(offline),
        joint_angles_world_deg(live.world),
        limb_visible_share(live.square_xy(), live.image[..., 3]),
        np.gradient(truth, track.time_s, axis=0),
    )


def angles(track: PoseTrack) -> FloatArray:
    """Angles in the picture, shape (T, 14)."""
    return joint_angles_deg(track.square_xy(), track.image[..., 3])


def joined(parts: list[Sensed]) -> Sensed:
    """All movements as one."""
    return Sensed(*(np.concatenate([getattr(part, name) for part in parts]) for name in Sensed.__dataclass_fields__))


def columns(kind: str) -> list[int]:
    """The joints of one kind."""
    return [row for row, name in enumerate(JOINT_NAMES) if name.split("_")[-1] == kind]


def errors(measured: FloatArray, truth: FloatArray, kind: str) -> FloatArray:
    """Absolute errors of one kind of joint, leans the short way round, without the unseen."""
    wrapped = np.abs((measured - truth + 180.0) % 360.0 - 180.0)[:, columns(kind)]
    known: FloatArray = wrapped[np.isfinite(wrapped)]
    return known


def _cell(measured: FloatArray, truth: FloatArray, kind: str) -> str:
    error = errors(measured, truth, kind)
    return f"{np.median(error):5.1f} /{np.percentile(error, 95):5.1f}" if len(error) else "    - /    -"


def growth(title: str, sensed: Sensed, by: FloatArray, edges: tuple[float, ...]) -> None:
    """The live error in each stretch of ``by``."""
    print(f"By the {title}: live median / p95 (count)")
    for kind in KINDS:
        cells = []
        for low, high in pairwise(edges):
            with np.errstate(invalid="ignore"):
                within = (by >= low) & (by < high)
            live = np.where(within, sensed.live, np.nan)
            count = len(errors(live, sensed.truth, kind))
            cells.append(f"{low:g}-{high:g}: {_cell(live, sensed.truth, kind)} ({count})")
        print(f"  {kind:9s}{'  '.join(cells)}")


def agreement(sensed: Sensed) -> bool:
    """Whether the table that is used is what was measured (clear of short limbs, as the table is)."""
    print("The table in coach/judging/noise_model.py against what was measured live, limbs clearly seen:")
    fine = True
    clear = np.where(sensed.share >= 0.5, sensed.live, np.nan)
    for kind, held in MEDIAN_ERROR_DEG.items():
        error = errors(clear, sensed.truth, kind)
        found = float(np.median(error)) if len(error) else np.nan
        agrees = found / _AGREES_WITHIN <= held
        fine &= agrees
        print(
            f"  {kind:9s}held {held:4.1f}  measured {found:4.1f}  p95 {np.percentile(error, 95):5.1f} = "
            f"{np.percentile(error, 95) / (STANDARD_ERRORS_PER_MEDIAN * held):.1f} standard errors"
            f"{'' if agrees else '  <- too low'}"
        )
    return fine


def views(name: str, track: PoseTrack) -> None:
    """Faithful copies seen from another side than the teacher: difference in the picture and in space."""
    front = sense(track)
    print(f"{name}: student turned against the teacher, difference of a faithful copy, picture | space: median / p95")
    for turn_deg in _TURNS_DEG:
        seen = sense(turned(track, turn_deg))
        cells = [
            f"{kind} {_cell(seen.live, front.offline, kind)} |{_cell(seen.world, front.world, kind)}"
            for kind in ("shoulder", "elbow", "hip", "knee")
        ]
        print(f"  {turn_deg:.0f}: {';  '.join(cells)}")


if __name__ == "__main__":
    sys.exit(main())
