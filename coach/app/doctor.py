"""The command ``doctor``: what works on this computer, and what to do about the rest."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TextIO

from coach.errors import CoachError
from coach.settings.storage import DoctorSettings


@dataclass(frozen=True)
class CheckResult:
    """What one check found.

    Attributes
    ----------
    name : str
    ok : bool
    detail : str
        What was found.
    advice : str
        What to do if it is not ok.
    needed : bool
        Whether coaching with a camera is impossible without it.
    """

    name: str
    ok: bool
    detail: str
    advice: str = ""
    needed: bool = True


@dataclass(frozen=True)
class Probe:
    """One check: its name, what it does, and whether coaching with a camera depends on it."""

    name: str
    run: Callable[[], CheckResult]
    needed: bool = True


def run_doctor(
    probes: Sequence[Probe] | None = None, out: TextIO | None = None, settings: DoctorSettings | None = None
) -> int:
    """Do all checks and say what they found, line by line as it becomes known.

    Parameters
    ----------
    probes : sequence of Probe, optional
        Those of this computer by default.
    out : text file, optional
        Standard output by default.
    settings : DoctorSettings, optional

    Returns
    -------
    int
        Exit code: 0 if coaching with a camera would work, else 1.
    """
    settings = settings or DoctorSettings()
    if probes is None:
        from coach.app.doctor_probes import default_probes

        probes = default_probes(settings)
    out = out or sys.stdout
    results = []
    for result in run_checks(probes, settings.probe_timeout_s):
        results.append(result)
        out.write("\n".join(result_lines(result)) + "\n")
        out.flush()
    out.write("\n" + verdict(results) + "\n")
    return exit_code(results)


def run_checks(probes: Sequence[Probe], timeout_s: float) -> Iterator[CheckResult]:
    """Results of the probes, one after the other; none takes longer than ``timeout_s``, whatever it does."""
    for probe in probes:
        yield replace(_limited(probe, timeout_s), name=probe.name, needed=probe.needed)


def result_lines(result: CheckResult) -> list[str]:
    """The words for one result: a line, and another one with the advice if it is not ok."""
    mark = "ok     " if result.ok else "FIX    " if result.needed else "note   "
    lines = [f"{mark}{result.name}: {result.detail}"]
    if not result.ok and result.advice:
        lines.append(f"       -> {result.advice}")
    return lines


def verdict(results: Sequence[CheckResult]) -> str:
    """The last line: whether coaching with a camera would work."""
    missing = [result.name for result in results if result.needed and not result.ok]
    if missing:
        return f"Coaching with a camera would not work yet: see {', '.join(missing)}."
    return "Coaching with a camera works on this computer."


def exit_code(results: Sequence[CheckResult]) -> int:
    """0 if all that is needed is ok, else 1."""
    return 1 if any(result.needed and not result.ok for result in results) else 0


def _limited(probe: Probe, timeout_s: float) -> CheckResult:
    """Run a probe in a thread that is left behind if it hangs; what it raises becomes its result."""
    found: list[CheckResult] = []

    def work() -> None:
        try:
            found.append(probe.run())
        except CoachError as error:
            found.append(CheckResult(probe.name, False, str(error)))
        except Exception as error:  # a check that fails in an unforeseen way is a finding, not an end
            advice = "Report this line if you cannot explain it"
            found.append(CheckResult(probe.name, False, f"{type(error).__name__}: {error}", advice))

    thread = threading.Thread(target=work, name=f"doctor: {probe.name}", daemon=True)
    thread.start()
    thread.join(timeout_s)
    if found:
        return found[0]
    return CheckResult(
        probe.name, False, f"no answer within {timeout_s:g} seconds", "Restart the computer and try again"
    )
