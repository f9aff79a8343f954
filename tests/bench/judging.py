"""How true the coach's words are: ``python -m tests.bench.judging [--footage FOLDER] [--only GROUP] [--all]``.

``--pictures N`` takes N cases of planted bends and a faithful copy of each movement through drawn pictures and the real
pose model instead of the simulated sensor (half a minute of computing for each).

Dancers with exact truth through the whole session, follower included: bends, late limbs, weak and small dancing, a
missed freeze, the wrong way; and what is no mistake: style, other bodies, clothes, frame rates, hidden limbs. Settings
were chosen on the even cases; what is printed is measured on the odd ones (``--all`` prints both halves).
Without the test videos only the drawn dancer dances.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from coach.alignment.warm_up import warm_up
from coach.clock import SystemClock
from coach.report.progress import ProgressBar
from coach.settings.session import CoachSettings
from tests.bench.judging_cases import Case, all_cases
from tests.bench.judging_report import noise, report, severity, whole_scores
from tests.bench.judging_run import Result, run
from tests.conftest import FOOTAGE

GROUPS = ("joint", "late", "whole", "faithful", "innocent", "cut_off", "hidden", "severity", "rates")


def main() -> int:
    """Run the cases and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.judging", description=__doc__)
    parser.add_argument("--footage", type=Path, default=FOOTAGE)
    parser.add_argument("--only", action="append", choices=GROUPS, help="only this group (repeatable)")
    parser.add_argument("--all", action="store_true", help="also the half that chose the settings")
    parser.add_argument("--pictures", type=int, metavar="N", help="N cases through drawn pictures, and nothing else")
    options = parser.parse_args()
    warm_up()
    video = options.footage / "teacher.mp4"
    real = video.is_file()
    if not real:
        print(f"The test videos are not in {options.footage}: only the drawn dancer dances.")
    settings = CoachSettings()
    if options.pictures:
        through_pictures(options.pictures, video if real else None, settings)
        return 0
    cases = [case for case in all_cases(real) if options.only is None or case.group in options.only]
    cases = [case for case in cases if options.all or case.reports or case.group == "severity"]
    noise(video if real else None)
    results = run_all(cases, video if real else None, settings)
    results.sort(key=lambda result: GROUPS.index(result.case.group))
    for title, half in (("REPORTED: cases that chose no setting", True), ("Cases that chose the settings", False)):
        kept = [result for result in results if result.case.reports is half]
        if half or options.all:
            print(f"\n{title}")
            report(kept)
    severity([result for result in results if result.case.group == "severity"])
    if real and (options.only is None or "severity" in options.only):
        whole_scores(video, settings)
    return 0


def through_pictures(count: int, video: Path | None, settings: CoachSettings) -> None:
    """Cases that chose no setting, drawn and detected."""
    reported = [case for case in all_cases(video is not None) if case.reports]
    by_movement = [
        [case for case in reported if case.group == "joint" and case.movement == movement]
        for movement in ("real", "drawn")
    ]
    mixed = [case for pair in zip_longest(*by_movement) for case in pair if case is not None]
    faithful = {case.movement: case for case in reported if case.group == "faithful"}
    cases = [*mixed[:count], *faithful.values()]
    results = run_all(cases, video, settings, pictures=True)
    print("Through drawn pictures and the pose model")
    report(results)


def run_all(
    cases: Sequence[Case], video: Path | None, settings: CoachSettings, *, pictures: bool = False
) -> list[Result]:
    """Dance the cases one after another, and show how far that is."""
    progress = ProgressBar(f"Dancing {len(cases)} cases", sys.stderr, SystemClock())
    results = []
    for number, case in enumerate(cases):
        results.append(run(case, video, settings, pictures=pictures))
        progress.update((number + 1) / len(cases))
    progress.finish()
    return results


if __name__ == "__main__":
    sys.exit(main())
