"""The self-test: each finding has words and advice, nothing hangs it, and its exit code is right."""

from __future__ import annotations

import io
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from coach.app import doctor_probes
from coach.app.doctor import CheckResult, Probe, exit_code, result_lines, run_checks, run_doctor, verdict
from coach.app.doctor_kept import history_check, latency_check, settings_check
from coach.devices.camera_list import CameraIdentity
from coach.errors import CameraError
from coach.practice.latency import LatencyResult
from coach.settings.storage import DoctorSettings
from coach.storage.folders import user_folders
from coach.storage.history import History
from coach.storage.latency_store import LatencyStore
from coach.storage.preferences import PreferenceStore
from tests.builders_history import make_run

GOOD = Probe("Python", lambda: CheckResult("Python", True, "3.11"))
QUIET = Probe("sound", lambda: CheckResult("sound", False, "none", "Plug in loudspeakers"), needed=False)
BLIND = Probe("camera", lambda: CheckResult("camera", False, "no camera", "Plug one in"))


def run(*probes: Probe) -> tuple[int, str]:
    out = io.StringIO()
    return run_doctor(probes, out, DoctorSettings(probe_timeout_s=0.2)), out.getvalue()


def test_all_is_well() -> None:
    assert run(GOOD) == (0, "ok     Python: 3.11\n\nCoaching with a camera works on this computer.\n")


def test_what_is_not_needed_does_not_fail_it() -> None:
    code, text = run(GOOD, QUIET)
    assert code == 0
    assert "note   sound: none\n       -> Plug in loudspeakers\n" in text


def test_what_is_needed_fails_it() -> None:
    code, text = run(GOOD, BLIND, QUIET)
    assert code == 1
    assert "FIX    camera: no camera\n       -> Plug one in\n" in text
    assert text.endswith("Coaching with a camera would not work yet: see camera.\n")


def test_a_hanging_check_is_left_behind() -> None:
    forever = threading.Event()

    def hang() -> CheckResult:
        forever.wait(20)
        return CheckResult("voice", True, "")

    code, text = run(Probe("voice", hang), GOOD)
    forever.set()
    assert code == 1
    assert "FIX    voice: no answer within 0.2 seconds" in text
    assert "ok     Python" in text


def test_a_failing_check_is_a_finding() -> None:
    def broken() -> CheckResult:
        raise OSError("libGL.so.1: cannot open shared object file")

    def refused() -> CheckResult:
        raise CameraError("camera 0", "another program uses it", "Close that program")

    results = list(run_checks([Probe("packages", broken, needed=False), Probe("camera", refused)], 5.0))
    assert [(result.name, result.ok, result.needed) for result in results] == [
        ("packages", False, False),
        ("camera", False, True),
    ]
    assert "libGL" in results[0].detail
    assert "another program uses it. Close that program" in results[1].detail
    assert exit_code(results) == 1
    assert "camera" in verdict(results)
    assert len(result_lines(results[1])) == 1


def test_packages_that_are_missing_or_broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "broken_module.py").write_text("raise OSError('no libGL')")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(doctor_probes, "PACKAGES", {"numpy": "numpy", "gone": "gone_module", "bad": "broken_module"})
    result = doctor_probes.packages_check()
    assert not result.ok
    assert "gone (not installed), bad (OSError: no libGL)" in result.detail
    assert "requirements.txt" in result.advice
    monkeypatch.setattr(doctor_probes, "PACKAGES", {"numpy": "numpy"})
    assert doctor_probes.packages_check().detail.startswith("numpy 2.")


def test_old_and_new_python(monkeypatch: pytest.MonkeyPatch) -> None:
    for version, ok in (((3, 9, 1), False), ((3, 10, 0), True), ((3, 13, 2), True), ((3, 14, 0), False)):
        monkeypatch.setattr(sys, "version_info", version)
        assert doctor_probes.python_check().ok is ok


def test_folders_and_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = user_folders({"DANCE_COACH_HOME": str(tmp_path)})
    assert doctor_probes.folders_check(folders).ok
    assert doctor_probes.disk_check(folders, DoctorSettings()).ok

    def refuse(**_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(doctor_probes.tempfile, "TemporaryFile", refuse)
    result = doctor_probes.folders_check(folders)
    assert not result.ok
    assert "permission denied" in result.detail
    assert "DANCE_COACH_HOME" in result.advice
    full = doctor_probes.disk_check(folders, DoctorSettings(stop_free_bytes=10**18))
    assert (full.ok, "Free some space" in full.advice) == (False, True)


def test_pose_models(tmp_path: Path) -> None:
    folders = user_folders({"DANCE_COACH_HOME": str(tmp_path)})
    result = doctor_probes.model_check(folders)
    assert not result.ok
    assert str(folders.models) in result.detail
    folders.models.mkdir(parents=True)
    (folders.models / "pose_landmarker_full.task").write_text("half a down")
    result = doctor_probes.model_check(folders)
    assert not result.ok
    assert "pose_landmarker_full.task" in result.detail


def test_speed(tmp_path: Path) -> None:
    folders = user_folders({"DANCE_COACH_HOME": str(tmp_path)})
    assert "not measured yet" in doctor_probes.speed_check(folders).detail
    folders.config.mkdir(parents=True)
    for odd in ("[]", '{"measured_ms": 3}', "{"):
        (folders.config / "pose-model-choice.json").write_text(odd)
        assert "not measured yet" in doctor_probes.speed_check(folders).detail
    (folders.config / "pose-model-choice.json").write_text('{"kind": "full", "measured_ms": {"full": 17.1}}')
    assert doctor_probes.speed_check(folders).detail == "uses the full pose model (full 17.1 ms a picture)"


def test_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    from coach.devices import camera_list

    monkeypatch.setattr(camera_list, "list_cameras", lambda: ())
    if camera_list.linux_cameras(camera_list.SYSFS_CAMERAS):
        pytest.skip("this computer has a camera")
    result = doctor_probes.camera_check(DoctorSettings())
    assert not result.ok
    assert result.advice


def test_a_display_that_hangs_or_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = DoctorSettings(probe_timeout_s=1.0)
    for code, words in (
        ("import time; time.sleep(30)", "never ends"),
        ("import os; os.abort()", "no window could be opened"),
        ("print('no window: No screen found')", "no window: No screen found"),
    ):
        monkeypatch.setattr(doctor_probes, "DISPLAY_CODE", code)
        result = doctor_probes.display_check(settings)
        assert not result.ok
        assert words in result.detail
    monkeypatch.setattr(doctor_probes, "DISPLAY_CODE", "print('noise'); print('a window of 1280 x 720 opens')")
    assert doctor_probes.display_check(DoctorSettings()) == CheckResult(
        "display", True, "a window of 1280 x 720 opens", "Start it from a desktop, or use --headless (no window)"
    )


def test_the_window_of_this_process() -> None:
    """With SDL's invisible driver, as all tests use it, a window opens."""
    answer = subprocess.run(
        [sys.executable, "-c", doctor_probes.DISPLAY_CODE],
        cwd=doctor_probes.PROJECT, capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert answer.stdout.strip().endswith("opens")


def test_there_is_a_probe_for_all_that_matters() -> None:
    probes = doctor_probes.default_probes()
    needed = {probe.name for probe in probes if probe.needed}
    assert needed == {"Python", "packages", "folders", "disk space", "pose model", "camera", "display"}
    assert {probe.name for probe in probes} - needed == {"speed", "sound", "voice", "settings", "history", "latency"}


def test_what_is_kept_between_starts(tmp_path: Path) -> None:
    folders = user_folders({"DANCE_COACH_HOME": str(tmp_path)})
    assert "nothing changed yet" in settings_check(folders).detail
    assert "nothing practised yet" in history_check(folders).detail
    assert not folders.history.exists(), "asking makes no file"
    store = PreferenceStore(folders.preferences)
    store.change(theme="light")
    store.close()
    assert settings_check(folders).detail == f"kept in {folders.preferences}"
    history = History(folders.history)
    history.add(make_run(1, constant_delay_ms=90.0))
    history.close()
    result = history_check(folders)
    assert result.ok
    assert result.detail.startswith("1 practice, the last on 2026-")
    assert str(folders.history) in result.detail


def test_what_is_kept_and_broken(tmp_path: Path) -> None:
    folders = user_folders({"DANCE_COACH_HOME": str(tmp_path)})
    for path in (folders.preferences, folders.history, folders.latency):
        path.parent.mkdir(exist_ok=True)
        path.write_text("{")
    for result in (settings_check(folders), history_check(folders), latency_check(folders, DoctorSettings())):
        assert not result.ok
        assert "broken-1" in result.detail
        assert result.advice


def test_the_latency_of_the_devices_that_are_there(tmp_path: Path) -> None:
    folders = user_folders({"DANCE_COACH_HOME": str(tmp_path)})

    def there(*names: str) -> str:
        cameras = tuple(CameraIdentity(index, name) for index, name in enumerate(names))
        return latency_check(folders, DoctorSettings(), lambda: cameras or None).detail

    assert there("webcam").startswith("not measured yet")
    store = LatencyStore(folders.latency)
    for number, median_ms in enumerate((70.0, 85.4)):
        store.save("webcam", "speakers", LatencyResult(median_ms, 12.0, 9, None), f"2026-03-01T18:0{number}:00+00:00")
    store.close()
    for names in (("webcam",), ()):
        words = there(*names)
        assert words.startswith("webcam with speakers: 85 ms, spread 12 ms (9 measurements on 2026-")
        assert words.endswith("before that 70 ms)")
    assert there("another").startswith("not measured for the devices that are there (1 others are)")
    history = History(folders.history)
    for number, (delay_ms, said) in enumerate(((90.0, "90 ms late"), (-40.0, "40 ms early"), (-0.4, "on time"))):
        history.add(make_run(number, constant_delay_ms=delay_ms))
        assert there("webcam").endswith(f"in the last practice {said} all the time (equipment and habit together)")
    history.close()
