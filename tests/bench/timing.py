"""Whether early and late have the right sign and size: ``python -m tests.bench.timing [--pictures]``.

Dancers who are early or late by known amounts (drawn, and filmed people against their own movement), before the live
coach and before the comparison: what is told minus what is true, in ms, the median over all frames. Two people who
dance the same have no known truth, but changing their roles must change the sign and nothing else.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.alignment.warm_up import warm_up
from coach.pose.feature_vector import LIMB_FEATURES
from coach.pose.offline import clean_track
from coach.pose.pose_frame import FloatArray, PoseTrack
from coach.settings.pose import OfflineSmoothingSettings
from tests.bench.drawn_pictures import detected
from tests.bench.judging_dances import danced, drawn_movement, real_movement, sensed
from tests.bench.judging_plants import Plant, late_limb, other_proportions, scaled
from tests.bench.tracking_cases import AHEAD_S
from tests.bench.tracking_footage import landmarks
from tests.builders_timing import Shifted, clip_of, shifted, told_live, told_offline
from tests.conftest import FOOTAGE

EARLY_MS = (-200.0, -100.0, -50.0, 0.0, 50.0, 100.0, 200.0)
_PHASES = (0.1, 0.6)
_FREE_S = 2.0
"""Time at the beginning that does not count."""
_PAIR_S = (2.0, 28.5)
"""The part of the teacher's clip that the student's shows as well."""


@dataclass(frozen=True)
class Circumstance:
    """How a dancer is filmed, and what the sensor sees of it.

    Attributes
    ----------
    words : str
    seen : callable
        From a dancer and a seed to what the sensor sees.
    fps, first_late_s
        See `shifted`.
    """

    words: str
    seen: Callable[[Shifted, int], PoseTrack]
    fps: float = 30.0
    first_late_s: float = 0.0


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--footage", type=Path, default=FOOTAGE)
    parser.add_argument("--pictures", action="store_true", help="also through drawn pictures and the pose model (slow)")
    options = parser.parse_args()
    warm_up()
    movements = {"drawn": drawn_movement()}
    filmed = (options.footage / "teacher.mp4").is_file()
    if filmed:
        movements["filmed"] = real_movement(options.footage / "teacher.mp4")
    else:
        print(f"The test videos are not in {options.footage}: only drawn dancers are measured.")
    print(f"{'Told minus true, ms, for dancers early by':50s}" + "".join(f"{ms:8.0f}" for ms in EARLY_MS))
    for name, movement in movements.items():
        for circumstance in circumstances():
            whole_body(name, movement, circumstance)
    print(f"\n{'One limb out of time, the rest in time: told, ms':50s}" + "".join(f"{n:>11s}" for n in LIMB_FEATURES))
    for name, movement in movements.items():
        limbs(name, movement)
    if options.pictures:
        print("\nThrough drawn pictures and the pose model, in time: told, ms")
        for name, movement in movements.items():
            pictures(name, movement)
    if filmed:
        real_pair(options.footage)


def circumstances() -> list[Circumstance]:
    """What must make nobody early or late."""

    def noisy(fps: float = 30.0) -> Callable[[Shifted, int], PoseTrack]:
        return lambda one, seed: sensed(one.dance, fps, 100 + seed).track

    def other_body(one: Shifted, seed: int) -> PoseTrack:
        return sensed(other_proportions(scaled(one.dance, 0.75), 1.12, 0.96), 30.0, 100 + seed).track

    return [
        Circumstance("perfect sensor", lambda one, _: one.dance.track),
        Circumstance("noisy sensor", noisy()),
        Circumstance("other body", other_body),
        *(Circumstance(f"{fps:.0f} pictures a second", noisy(fps), fps) for fps in (15.0, 24.0, 60.0)),
        Circumstance("first picture 12 ms late", noisy(), first_late_s=0.012),
    ]


def whole_body(name: str, movement: PoseTrack, filmed: Circumstance) -> None:
    """Live (with music) and offline."""
    teacher = danced(movement).track
    errors: dict[str, list[float]] = {"live": [], "compare": []}
    for early_ms in EARLY_MS:
        live, offline = [], []
        for seed, phase in enumerate(_PHASES):
            one = shifted(movement, early_ms, fps=filmed.fps, phase=phase, first_late_s=filmed.first_late_s)
            seen = filmed.seen(one, seed)
            live.append(told_live(teacher, seen, one.music_s).raw_ms[seen.time_s >= _FREE_S])
            offline.append(told_offline(clip_of(teacher), clip_of(seen), -float(one.music_s[0])))
        errors["live"].append(_median(np.concatenate(live)) - early_ms)
        errors["compare"].append(_median(np.concatenate(offline)) - early_ms)
    for what, row in errors.items():
        print(f"{f'{name}, {filmed.words}: {what}':50s}" + "".join(f"{value:8.1f}" for value in row), flush=True)


def limbs(name: str, movement: PoseTrack) -> None:
    """Nothing out of time, then each limb by itself, before references of two frame rates."""
    sizes = [("left_arm", 0.0), *product(LIMB_FEATURES, (-200.0, 200.0))]
    one = shifted(movement, 0.0, phase=0.3)
    for fps, (limb, size_ms) in product((15.0, 30.0), sizes):
        dance = late_limb(one.dance, Plant("late", limb, size_ms, 0.0, np.inf), movement)
        told = told_live(danced(movement, fps=fps).track, sensed(dance, 30.0, 100).track, one.music_s)
        words = f"{name}, reference {fps:.0f}/s, {f'{limb} {size_ms:+.0f}' if size_ms else 'nothing'}"
        print(f"{words:50s}" + "".join(f"{_median(of[60:]):11.1f}" for of in told.limbs_ms.values()), flush=True)


def pictures(name: str, movement: PoseTrack) -> None:
    """The sensor itself, too, against a reference that was made through it, as all references are."""
    teacher = clean_track(detected(danced(movement).track), OfflineSmoothingSettings())
    for fps, phase in ((15.0, 0.2), (24.0, 0.0), (30.0, 0.37), (60.0, 0.0)):
        one = shifted(movement, 0.0, fps=fps, phase=phase)
        seen = detected(one.dance.track)
        told = told_live(teacher, seen, one.music_s)
        offline = told_offline(clip_of(teacher), clip_of(seen), -float(one.music_s[0]))
        print(f"  {name}, {fps:.0f} pictures a second: live {_median(told.raw_ms):.1f}, compare {_median(offline):.1f}")


def real_pair(footage: Path) -> None:
    """Student after teacher, and the teacher as the student's student: half the sum is what the coach adds."""
    raw = {who: landmarks(footage / f"{who}.mp4", "plain") for who in ("teacher", "student")}
    clean = {who: clean_track(track, OfflineSmoothingSettings()) for who, track in raw.items()}
    rows: dict[str, list[float]] = {}
    for reference, dancer, ahead_s in (("teacher", "student", AHEAD_S), ("student", "teacher", -AHEAD_S)):
        music_s = raw[dancer].time_s - ahead_s
        from_s, to_s = (edge + (AHEAD_S if reference == "student" else 0.0) for edge in _PAIR_S)
        danced_now = (music_s >= from_s - 1.5) & (music_s <= to_s)
        seen = _part(raw[dancer], danced_now)
        counted = music_s[danced_now] >= from_s
        for with_music in (True, False):
            told = told_live(clean[reference], seen, music_s[danced_now], with_music=with_music)
            near = np.where(counted & (np.abs(told.raw_ms) < 400.0), told.raw_ms, np.nan)
            rows.setdefault("live, along with the music" if with_music else "live, without", []).append(_median(near))
            if with_music:
                for limb, of_limb in told.limbs_ms.items():
                    rows.setdefault(f"live, {limb}", []).append(_median(of_limb[counted]))
        offline = told_offline(clip_of(raw[reference]), clip_of(raw[dancer]), ahead_s)
        rows.setdefault("compare", []).append(_median(offline))
    print("\nReal pair, against the sound's truth, ms: as it is, roles changed, student early by, and what is added")
    for what, (plain, changed) in rows.items():
        print(f"  {what:28s} {plain:8.1f} {changed:8.1f} {(plain - changed) / 2:8.1f} {(plain + changed) / 2:8.1f}")


def _part(track: PoseTrack, rows: NDArray[np.bool_]) -> PoseTrack:
    return replace(track, time_s=track.time_s[rows], image=track.image[rows], world=track.world[rows])


def _median(values: FloatArray) -> float:
    return float(np.nanmedian(values)) if np.isfinite(values).any() else float("nan")


if __name__ == "__main__":
    main()
