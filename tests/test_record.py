"""`record` with a film in place of the camera: the same as `extract`, safe from crashes, never over something else."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.app.live import SensedFrame
from coach.app.recording.recorder import Recorder
from coach.errors import CameraError
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.reference import Reference
from coach.storage.reference_hdf5 import read_reference, write_reference
from tests.builders_runs import drawn_film, run
from tests.builders_sensing import pose_model
from tests.conftest import OUTPUT, ROOT

pytestmark = pytest.mark.slow

FILM_S = 9.0
FULL = ("--model", "full", "--headless", "--no-voice")
STARTED_WITHIN_S = 60.0


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pose_model()
    return drawn_film(tmp_path_factory.mktemp("film") / "dance.mp4", FILM_S, sound=True)


@pytest.fixture(scope="module")
def recorded(film: Path, coach_home: Path) -> Reference:
    picture = f"{OUTPUT / 'record.png'}@2"
    assert run("record", "recorded", "--camera", film, "--fast", *FULL, "--screenshot", picture) == 0
    return read_reference(coach_home / "data" / "references" / "recorded.h5")


@pytest.fixture(scope="module")
def extracted(film: Path, coach_home: Path) -> Reference:
    assert run("extract", film, "--name", "extracted", "--model", "full") == 0
    return read_reference(coach_home / "data" / "references" / "extracted.h5")


def test_it_is_the_reference_that_extract_makes(recorded: Reference, extracted: Reference) -> None:
    assert recorded.frame_count == extracted.frame_count == round(FILM_S * 30)
    np.testing.assert_allclose(recorded.track.time_s, extracted.track.time_s, atol=1e-6)
    # One picture was made smaller while it was decoded, the other afterwards: a little different, not more.
    distance = np.linalg.norm(recorded.track.square_xy() - extracted.track.square_xy(), axis=2)
    assert np.nanmedian(distance) < 0.002
    assert np.nanquantile(distance, 0.99) < 0.02
    angles = [joint_angles_deg(it.track.square_xy(), it.track.image[..., 3]) for it in (recorded, extracted)]
    assert np.nanmedian(np.abs(angles[0] - angles[1])) < 1.0
    assert (np.isfinite(angles[0]) == np.isfinite(angles[1])).mean() > 0.98
    np.testing.assert_allclose(recorded.trajectory, extracted.trajectory, atol=0.03)


def test_energy_and_outline_agree_too(recorded: Reference, extracted: Reference) -> None:
    energy = np.array([recorded.flow_energy, extracted.flow_energy])
    known = np.isfinite(energy).all(axis=0)
    assert known.mean() > 0.95
    assert np.corrcoef(energy[:, known])[0, 1] > 0.95
    np.testing.assert_allclose(*np.nanmean(energy, axis=1), rtol=0.1)
    shared = np.bitwise_count(recorded.masks & extracted.masks).sum()
    assert shared / np.bitwise_count(recorded.masks | extracted.masks).sum() > 0.95


def test_the_sound_of_the_film_comes_along(recorded: Reference, extracted: Reference) -> None:
    assert recorded.audio is not None
    assert extracted.audio is not None
    assert recorded.audio.duration_s == pytest.approx(extracted.audio.duration_s, abs=0.6)
    assert recorded.audio.duration_s == pytest.approx(FILM_S, abs=0.6)


def test_nothing_is_left_of_the_recording_once_it_is_saved(recorded: Reference, coach_home: Path) -> None:
    assert recorded.frame_count
    assert not list((coach_home / "data" / "recordings").glob("*.journal"))
    assert (OUTPUT / "record.png").read_bytes().startswith(b"\x89PNG")


def test_it_is_overwritten_only_on_request(
    film: Path, recorded: Reference, coach_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = coach_home / "data" / "references" / "recorded.h5"
    before = path.read_bytes()
    again = ("record", "recorded", "--camera", film, "--fast", *FULL, "--duration", "2", "--title", "Take two")
    assert run(*again) == 1
    assert "add --replace" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert run(*again, "--replace") == 0
    replaced = read_reference(path)
    assert replaced.info.title == "Take two"
    assert replaced.duration_s == pytest.approx(2.0, abs=0.1)


def test_a_camera_that_fails_for_good_leaves_what_was_recorded(
    film: Path, coach_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    unspoilt = Recorder.handle

    def failing(recorder: Recorder, sensed: SensedFrame) -> None:
        if sensed.frame.time_s > 1.0:
            raise CameraError("camera 0", "it is gone", "Plug it in again")
        unspoilt(recorder, sensed)

    with monkeypatch.context() as patch:
        patch.setattr(Recorder, "handle", failing)
        assert run("record", "broken", "--camera", film, "--fast", *FULL) == 1
    hint, reason = capsys.readouterr().err.splitlines()[-2:]
    assert hint.endswith("record broken --recover")
    assert reason == "camera 0: it is gone. Plug it in again"
    assert run("record", "broken", "--recover") == 0
    saved = read_reference(coach_home / "data" / "references" / "broken.h5")
    assert saved.duration_s == pytest.approx(1.0, abs=0.05)


def kill_while_recording(film: Path, coach_home: Path, *options: str) -> None:
    """The program ends without a chance to tidy up, five seconds into the film."""
    journals = coach_home / "data" / "recordings"
    command = [sys.executable, str(ROOT / "run_coach.py"), "record", *options, "--camera", str(film), *FULL]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + STARTED_WITHIN_S
        while not list(journals.glob("*.journal")):
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(5.0)
        assert process.poll() is None, "the film was over too soon"
    finally:
        process.kill()
        process.wait()


def test_what_was_recorded_before_a_crash_is_recovered(
    film: Path, coach_home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    journals = coach_home / "data" / "recordings"
    kill_while_recording(film, coach_home, "crashed")
    assert run("record", "crashed", "--recover") == 0
    saved = read_reference(coach_home / "data" / "references" / "crashed.h5")
    assert 3.0 <= saved.duration_s <= FILM_S
    assert np.isfinite(saved.track.image[..., 0]).any(axis=1).mean() > 0.95
    assert not list(journals.glob("*.journal"))
    capsys.readouterr()
    assert run("record", "crashed", "--recover") == 1
    said = capsys.readouterr().err
    assert "nothing to recover" in said
    assert "--replace" not in said


def test_the_film_again_is_a_further_take(film: Path, extracted: Reference, coach_home: Path) -> None:
    assert run("extract", film, "--take-of", "extracted", "--model", "full") == 0
    kept = read_reference(coach_home / "data" / "references" / "extracted.h5")
    assert len(kept.takes) == 1
    np.testing.assert_array_equal(kept.track.image, extracted.track.image)
    np.testing.assert_allclose(kept.takes[0].track.image, extracted.track.image, atol=0.02)


def test_a_further_take_is_recorded_and_changes_nothing_else(film: Path, recorded: Reference, coach_home: Path) -> None:
    path = coach_home / "data" / "references" / "taken.h5"
    write_reference(path, recorded)
    picture = f"{OUTPUT / 'record-take.png'}@2"
    assert run("record", "taken", "--take", "--camera", film, "--fast", *FULL, "--screenshot", picture) == 0
    kept = read_reference(path)
    (take,) = kept.takes
    assert replace(kept, takes=()).info == recorded.info
    np.testing.assert_array_equal(kept.track.image, recorded.track.image)
    np.testing.assert_allclose(take.track.image, recorded.track.image, atol=0.02)
    assert take.audio is None, "the music is that of the reference"
    assert not list((coach_home / "data" / "recordings").glob("*.journal"))


def test_a_take_before_a_crash_is_recovered_as_a_take(film: Path, recorded: Reference, coach_home: Path) -> None:
    path = coach_home / "data" / "references" / "crashed-take.h5"
    write_reference(path, recorded)
    kill_while_recording(film, coach_home, "crashed-take", "--take")
    np.testing.assert_array_equal(read_reference(path).track.image, recorded.track.image)
    assert run("record", "crashed-take", "--recover") == 0
    (take,) = read_reference(path).takes
    assert 3.0 <= take.duration_s <= FILM_S
    assert not list((coach_home / "data" / "recordings").glob("*.journal"))
