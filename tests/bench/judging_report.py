"""The tables of the judging benchmark, printed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from coach.pose.joint_table import JOINT_NAMES
from coach.settings.session import CoachSettings
from tests.bench.judging_dances import drawn_movement, noise_table, real_movement
from tests.bench.judging_figures import (
    Bend,
    bends,
    blames_per_minute,
    cue_spread,
    cut_off_told_s,
    false_share,
    hidden_limbs,
    hits_had,
    late_limbs,
    named,
    rank_correlation,
    soft_plants,
    whole_called,
)
from tests.bench.judging_run import MISTAKE, UNSEEN, Result, other_dance, self_copy

_VERDICT_S, _CUE_S = 0.4001, 4.0
"""How soon a bend should be seen and spoken of (times are multiples of a frame, not exact)."""
_SAME_TIME_S = 0.1
"""Cues no further apart than this came at the same time."""


def noise(video: Path | None) -> None:
    """The simulated sensor's errors, to be held against the measured ones."""
    movements = {"drawn": drawn_movement()} | ({"real": real_movement(video)} if video else {})
    print("Simulated sensor: error of the angle in degrees, median and p95")
    for name, movement in movements.items():
        table = noise_table(movement)
        cells = [f"{joint} {middle:.1f}/{high:.0f}" for joint, middle, high in zip(JOINT_NAMES, *table, strict=True)]
        print(f"  {name}: {', '.join(cells)}")


def report(results: Sequence[Result]) -> None:
    """Everything about these results."""
    by_group: dict[str, list[Result]] = {}
    for result in results:
        by_group.setdefault(result.case.group, []).append(result)
    if "joint" in by_group:
        recall(bends(by_group["joint"]), by_group["joint"])
    if "faithful" in by_group:
        faithful = by_group["faithful"]
        print(
            f"Faithful copies: mistake {false_share(faithful):.4f} of judged, blaming cues a minute "
            f"{blames_per_minute(faithful):.2f}, score {_spread([r.score or 0.0 for r in faithful])}, "
            f"judged {np.mean([r.judged_share for r in faithful]):.2f}"
        )
    for name in dict.fromkeys(result.case.name for result in by_group.get("innocent", [])):
        innocent(name, [result for result in by_group["innocent"] if result.case.name == name])
    if "late" in by_group:
        late(by_group["late"])
    for kind, said in whole_called(results).items():
        print(f"Whole body, {kind}: " + " | ".join(said))
    hits(results)
    hidden(by_group)
    rates(by_group.get("rates", []))
    times = np.concatenate([result.judge_ms for result in results]) if results else np.zeros(1)
    print(f"Judging a frame: {np.median(times):.2f} ms, p95 {np.percentile(times, 95):.2f} ms of computing")


def recall(found: Sequence[Bend], results: Sequence[Result]) -> None:
    """Planted bends by size and joint."""
    print("Planted bends (recall and count), teacher's joint sweeping < 60 degrees; then the fast ones")
    kinds = dict.fromkeys(bend.plant.part.split("_")[-1] for bend in found)
    for size in (25.0, 35.0, 50.0):
        slow = [bend for bend in found if bend.slow and abs(bend.plant.size) == size]
        fast = [bend for bend in found if not bend.slow and abs(bend.plant.size) == size]
        cells = []
        for kind in kinds:
            of_kind = [bend for bend in slow if bend.plant.part.endswith(kind)]
            cells.append(f"{kind} {_share([bend.hit for bend in of_kind])}")
        main = [bend for bend in slow if bend.heavy]
        print(
            f"  {size:.0f} degrees: all {_share([b.hit for b in slow])}, main joints {_share([b.hit for b in main])}"
            f" | {', '.join(cells)} | fast {_share([b.hit for b in fast])}"
        )
    hits = [bend for bend in found if bend.slow and bend.hit]
    large = [bend for bend in hits if abs(bend.plant.size) > 30]
    print(f"  time to verdict: {_spread([b.after_s for b in hits])} s")
    for name, kept in (("of >= 35 degrees", large), ("of them main joints", [b for b in large if b.heavy])):
        print(
            f"    {name} {_spread([b.after_s for b in kept])} s, within 0.4 s "
            f"{_share([b.after_s <= _VERDICT_S for b in kept])}"
        )
    cued = [bend for bend in found if bend.hit and bend.heavy and abs(bend.plant.size) > 30]
    soon = {slow: [b.cue_after_s <= _CUE_S for b in cued if b.slow is slow] for slow in (True, False)}
    print(
        f"  cue for the joint within 4 s (>= 35 degrees, main joints): {_share(soon[True])}, fast "
        f"{_share(soon[False])}, after {_spread([b.cue_after_s for b in cued if np.isfinite(b.cue_after_s)])} s"
    )
    total, right, changed = named(results)
    print(
        f"  joint cues: {total}, naming the planted joint {right / max(total, 1):.3f}, naming a joint whose angle "
        f"it changed {changed / max(total, 1):.3f}"
    )
    print(
        f"  false alarms {false_share(results):.4f}; the follower's place is off by "
        f"{_place_error_ms(results):.0f} ms (p90)"
    )


def innocent(name: str, results: Sequence[Result]) -> None:
    """Differences that are no mistakes."""
    worst = max(float((r.verdicts == MISTAKE).sum() / max((r.verdicts != UNSEEN).sum(), 1)) for r in results)
    print(
        f"Innocent, {name}: mistake {false_share(results):.4f} (worst case {worst:.4f}), blaming cues a minute "
        f"{blames_per_minute(results):.2f}, score {_spread([r.score or 0.0 for r in results])}"
    )


def late(results: Sequence[Result]) -> None:
    """One limb out of time."""
    found = late_limbs(results)
    print(
        f"Limb out of time ({len(found)}): called timing with the right sign "
        f"{np.mean([f.right_sign for f in found]):.2f}, a cue says so {np.mean([f.cued for f in found]):.2f}, "
        f"a cue blames its form {np.mean([f.form_cued for f in found]):.2f}, share of mistake among its joints "
        f"{np.mean([f.form_share for f in found]):.3f}"
    )


def hits(results: Sequence[Result]) -> None:
    """The teacher's hits, where movement was planted soft and in all other cases."""
    soft, others = hits_had(results)
    minutes = sum(float(result.time_s[-1]) for result in results if not soft_plants(result)) / 60.0
    print(
        f"Hits: had {others.had} of {others.judged} judged, asked for sharper ones {others.cues} times in "
        f"{minutes:.0f} minutes; planted soft: had {soft.had} of {soft.judged}, asked {soft.cues} times in "
        f"{sum(bool(soft_plants(result)) for result in results)} cases"
    )


def hidden(by_group: dict[str, list[Result]]) -> None:
    """Limbs that cannot be seen."""
    limbs = hidden_limbs(by_group.get("hidden", []))
    if limbs:
        print(
            f"Hidden limbs ({len(limbs)}): blame {np.mean([one.blame for one in limbs]):.4f}, unseen "
            f"{np.mean([one.unseen_share for one in limbs]):.2f} of the time, first after "
            f"{_spread([one.unseen_after_s for one in limbs])} s"
        )
    for result in by_group.get("cut_off", []):
        print(
            f"Legs cut off: blame {false_share([result]):.4f}, said after {cut_off_told_s(result):.2f} s, "
            f"judged {result.judged_share:.2f}"
        )


def rates(results: Sequence[Result]) -> None:
    """The same dance at 15, 30 and 60 frames a second."""
    for movement in ("drawn", "real"):
        dancers: dict[int, list[Result]] = {}
        for result in results:
            if result.case.movement == movement:
                dancers.setdefault(result.case.number, []).append(result)
        spreads = [cue_spread(of_dancer) for of_dancer in dancers.values()]
        if spreads:
            print(
                f"15, 30, 60 frames a second, {movement}: same cues {_share([same for same, _ in spreads])}, apart by "
                + " ".join(f"{1e3 * apart_s:.0f}" for _, apart_s in spreads)
                + " ms"
            )
        for (same, apart_s), of_dancer in zip(spreads, dancers.values(), strict=True):
            if not same or apart_s > _SAME_TIME_S:
                for result in of_dancer:
                    cues = [f"{cue.time_s:.2f} {cue.text}" for cue in result.cues]
                    print(f"    {result.case.number}, {result.case.fps:.0f}: {'; '.join(cues)}")


def severity(results: Sequence[Result]) -> None:
    """Does the score fall as the dance gets worse?"""
    if not results:
        return
    print("\nScore against planted severity (both halves)")
    for movement in ("drawn", "real"):
        kept = [result for result in results if result.case.movement == movement]
        if kept:
            planted = [float(result.case.name) for result in kept]
            scores = [result.score or 0.0 for result in kept]
            print(
                f"  {movement} ({len(kept)}): rank correlation {-rank_correlation(planted, scores):.3f}, scores "
                + " ".join(f"{score:.0f}" for score in scores)
            )


def whole_scores(video: Path, settings: CoachSettings) -> None:
    """The ends of the scale."""
    copies = [self_copy(movement, video, settings) for movement in ("drawn", "real")]
    along, silent = (other_dance(video, settings, music=music) for music in (True, False))
    print(
        f"  the reference itself {copies[0]:.1f} {copies[1]:.1f}; another dance {along[0]:.1f} {along[1]:.1f}, "
        f"without music {silent[0]:.1f} {silent[1]:.1f}"
    )


def _place_error_ms(results: Sequence[Result]) -> float:
    errors = np.abs(np.concatenate([result.place_error_s for result in results]))
    return 1e3 * float(np.nanpercentile(errors, 90))


def _share(values: Sequence[bool]) -> str:
    return f"{np.mean(values):.2f}({len(values)})" if len(values) else "-"


def _spread(values: Sequence[float]) -> str:
    return f"{np.percentile(values, 50):.2f} (p95 {np.percentile(values, 95):.2f})" if len(values) else "-"
