"""The reference that comes with the program is that of the code: ``python -m coach.app.build_default_reference``."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from coach.app.build_default_reference import build_default_reference, main, routine_fingerprint
from coach.pose.joint_angles import joint_angles_deg
from coach.pose.joint_table import JOINTS
from coach.pose.reference import Reference
from coach.routine.music import first_steps_music
from coach.storage.folders import BUILT_IN_REFERENCES
from coach.storage.reference_hdf5 import read_reference
from tests.builders_routine import routine, truth
from tests.builders_sensing import pose_model

PATH = BUILT_IN_REFERENCES / "first-steps.h5"
REBUILD = "rebuild it: python -m coach.app.build_default_reference"


@pytest.fixture(scope="module")
def committed() -> Reference:
    return read_reference(PATH)


def test_the_file_is_small_enough_to_commit() -> None:
    assert PATH.stat().st_size < 3_000_000


def test_it_was_built_from_this_choreography_and_music(committed: Reference) -> None:
    assert committed.info.source_sha256 == routine_fingerprint(routine()), REBUILD
    assert committed.sections == routine().sections, REBUILD
    np.testing.assert_allclose(committed.beats_s, routine().beats_s, err_msg=REBUILD)
    assert committed.audio is not None
    difference = committed.audio.pcm.astype(int) - first_steps_music(routine()).pcm
    assert np.abs(difference).max() <= 64, REBUILD


def test_it_shows_the_dance_that_the_code_describes(committed: Reference) -> None:
    true = truth()
    count = min(len(true), committed.frame_count)
    assert abs(len(true) - committed.frame_count) <= 1
    ones = np.ones((count, 33))
    own = joint_angles_deg(committed.track.square_xy()[:count], ones)
    error = np.abs(own - joint_angles_deg(true.square_xy()[:count], ones))
    for index, joint in enumerate(JOINTS):
        if joint.name.endswith(("shoulder", "elbow", "hip", "knee")):
            assert np.nanmedian(error[:, index]) < 5.0, joint.name
    assert np.isfinite(committed.flow_energy[1:]).mean() > 0.98
    assert committed.masks.any(axis=(1, 2)).all()


@pytest.mark.slow
def test_a_rebuild_gives_the_same(committed: Reference) -> None:
    rebuilt = build_default_reference(PATH, pose_model())
    np.testing.assert_allclose(rebuilt.track.time_s, committed.track.time_s)
    distance = np.linalg.norm(rebuilt.track.square_xy() - committed.track.square_xy(), axis=2)
    assert np.nanpercentile(distance, 99) < 0.01, REBUILD
    np.testing.assert_allclose(np.nanmean(rebuilt.flow_energy), np.nanmean(committed.flow_energy), rtol=0.03)
    assert (np.bitwise_count(rebuilt.masks ^ committed.masks).sum() / np.bitwise_count(committed.masks).sum()) < 0.02


def test_no_model_is_one_line_and_exit_code_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "broken.task"
    broken.write_bytes(b"not a model")
    assert main(["--out", str(tmp_path / "x.h5"), "--model-file", str(broken)]) == 1
    assert not (tmp_path / "x.h5").exists()
    assert "broken.task" in capsys.readouterr().err
