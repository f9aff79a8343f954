"""Two whole clips: what the same dance earns in other circumstances, what another earns, and what is said."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from coach.alignment.tracked_position import MirrorMode
from coach.comparison.compare import compare
from coach.comparison.result.comparison_result import ComparisonResult
from coach.comparison.result.frame_table import JointCode
from coach.comparison.result_json import result_dict
from coach.comparison.spikes import departure_words, joint_label
from coach.errors import SettingsError
from coach.pose.joint_table import JOINT_INDEX, JOINT_NAMES
from coach.pose.mirror import mirrored_reference
from coach.pose.offline import build_reference
from coach.pose.reference import Audio, Reference, ReferenceInfo
from coach.report.page_data import page_data
from coach.routine.student_script import StudentScript
from coach.settings.comparison import PRESETS, preset
from coach.settings.report import PageSettings
from coach.storage.reference_hdf5 import write_reference
from coach.vision.mask_shapes import MaskShapes
from tests.builders_comparison import bent, dance, in_baggy_clothes, rearranged, scaled, slowed
from tests.builders_routine import routine
from tests.builders_runs import run
from tests.builders_session import observed, student_times

WRONG_S = ((2.0, 4.0), (6.0, 8.0))


def compared(student: Reference, mirror: MirrorMode = MirrorMode.OFF, style: str = "hip-hop") -> ComparisonResult:
    return compare(dance(), student, MaskShapes(), preset(style), mirror)


@lru_cache
def itself() -> ComparisonResult:
    return compared(dance())


@lru_cache
def bent_by(angle_deg: float) -> ComparisonResult:
    return compared(bent(dance(), angle_deg, WRONG_S))


def total(result: ComparisonResult) -> float:
    assert result.score.total is not None
    return result.score.total


def test_a_clip_against_itself() -> None:
    score = itself().score
    values = [score.total, score.timing, *(part.value for part in score.parts + score.body_parts)]
    assert all(value == pytest.approx(100.0, abs=0.5) for value in values)
    assert score.followed_share == 1.0
    assert itself().worst == ()
    assert itself().sync.offset_s == pytest.approx(0.0, abs=0.001)
    assert not (itself().frames.verdict == JointCode.MISTAKE).any()


SAME_DANCE = {
    "shifted": lambda: dance(4.0, 11.0),
    "slower": lambda: slowed(dance(), 1.1),
    "faster": lambda: slowed(dance(), 0.9),
    "further away": lambda: scaled(dance(), 0.75, 0.05),
    "in baggy clothes": lambda: in_baggy_clothes(dance()),
    "without sound": lambda: replace(dance(), audio=None),
}


@pytest.mark.parametrize("name", SAME_DANCE)
def test_the_same_dance_in_other_circumstances(name: str) -> None:
    assert total(compared(SAME_DANCE[name]())) >= 93


def test_mirrored_and_told_so() -> None:
    result = compared(mirrored_reference(dance()), MirrorMode.ON)
    assert result.mirrored
    assert total(result) >= 93
    assert "mirror" in result.feedback.headline


def test_mirrored_and_denied_is_not_the_same_dance() -> None:
    assert total(compared(mirrored_reference(dance()), MirrorMode.OFF)) < 80


def test_another_dance() -> None:
    for start_s in (16.0, 26.0):
        assert total(compared(dance(start_s, start_s + 9.0))) <= 40
    other = dance(12.0, 21.0)
    result = compared(other)
    assert total(result) <= 40
    assert "looks like the teacher's dance" in result.feedback.not_judged[0]
    to_the_same_sound = replace(other, audio=dance().audio)
    assert total(compared(to_the_same_sound)) <= 40


def test_scores_fall_with_severity() -> None:
    totals = [total(bent_by(angle)) for angle in (15.0, 35.0, 60.0, 90.0)]
    assert all(later <= earlier + 0.05 for earlier, later in pairwise(totals))
    assert totals[0] - totals[-1] > 1.0
    assert totals[0] <= total(itself()) + 0.05


def test_the_planted_mistake_is_the_worst_moment() -> None:
    result = bent_by(60.0)
    worst = result.worst[0]
    assert worst.joint in ("left_elbow", "left_wrist")
    assert any(start - 0.3 <= worst.peak_student_s <= end + 0.3 for start, end in WRONG_S)
    assert worst.words.startswith("0:0")
    assert "degrees" in worst.words
    assert "than the teacher: " in worst.words
    assert result.feedback.worst[0].lower().startswith(worst.words.lower())
    wrong = result.frames.verdict[:, JOINT_INDEX["left_elbow"]] == JointCode.MISTAKE
    inside = np.zeros(len(wrong), dtype=bool)
    for start, end in WRONG_S:
        inside |= (result.frames.student_s >= start - 0.3) & (result.frames.student_s <= end + 0.5)
    assert wrong[inside].any()
    assert not wrong[~inside].any()


def test_local_crops_and_curves_have_the_promised_shapes() -> None:
    frames = itself().frames
    count = len(frames.student_s)
    for name, values in vars(frames).items():
        assert values.shape[0] == count, name
    for name in ("angle_deg", "excess_deg", "tolerance_deg", "verdict", "direction_cosine", "local_score"):
        assert getattr(frames, name).shape == (count, len(JOINT_NAMES)), name
    assert np.nanmin(frames.direction_cosine) > 0.99
    assert np.nanmin(frames.local_score) > 0.99
    assert np.isfinite(frames.tolerance_deg).all()
    assert itself().hits.matched_share in (None, 1.0)


def test_a_step_in_the_wrong_direction_costs_the_path() -> None:
    other_way = replace(dance(), trajectory=dance().trajectory * [-1.0, 1.0])
    parts = {part.name: part.value for part in compared(other_way).score.parts}
    assert parts["trajectory"] is not None
    assert parts["trajectory"] < 50
    assert parts["angles"] == pytest.approx(100.0, abs=0.5)


def test_ballet_is_stricter_than_hip_hop() -> None:
    student = bent(dance(), 25.0, ((0.0, 12.0),))
    assert total(compared(student, style="ballet")) < total(compared(student))
    with pytest.raises(SettingsError, match="style"):
        preset("polka")


@pytest.mark.parametrize("style", PRESETS)
def test_presets_keep_the_owners_weights(style: str) -> None:
    score = PRESETS[style].coach.judging.score
    assert (score.angles_weight, score.trajectory_weight, score.extension_weight) == (50, 30, 20)


def test_masks_missing_are_said_to_be_missing() -> None:
    result = compared(replace(dance(), masks=np.zeros_like(dance().masks)))
    assert result.mask.score is None
    assert total(result) == pytest.approx(100.0, abs=0.5)
    assert np.isnan(result.frames.mask_score).all()


def test_nobody_danced_the_common_part() -> None:
    still = rearranged(dance(), np.zeros(dance().frame_count, dtype=np.int64), dance().track.time_s)
    result = compared(replace(still, audio=dance().audio, flow_energy=np.zeros(still.frame_count)))
    assert total(result) <= 40


def test_everything_is_json() -> None:
    for result in (itself(), bent_by(60.0), compared(dance(9.0, 16.0))):
        text = json.dumps(result_dict(result), allow_nan=False)
        data = json.loads(text)
        assert len(data["alignment"]["path_s"]) == len(data["frames"]["student_s"])
        assert {"offset_s", "confidence"} <= data["sync"].keys()
        assert {"total", "angles", "trajectory", "body", "mask", "extension_energy", "timing"} <= data["score"].keys()
        assert 0 <= data["judged_share"] <= 1
        for moment in data["worst"]:
            assert {"time_s", "joint", "angle_deg", "target_deg", "tolerance_deg", "words"} <= moment.keys()


@lru_cache
def drawn_dancer(tempo: float = 1.0, sound: int = 0) -> Reference:
    """Half of the built-in routine as the drawn dancer dances it at a tempo; each ``sound`` is one of its own."""
    script = StudentScript(routine(), tempo=tempo)
    times_s = student_times(0.0, 24.0 / tempo)
    noise = np.random.default_rng(sound).normal(size=round(22050 * times_s[-1])) * 3000
    return build_reference(
        ReferenceInfo("drawn", "Drawn"), observed(script, times_s), audio=Audio(noise.astype(np.int16), 22050)
    )


@pytest.mark.parametrize("tempo", [0.6, 1.0])
def test_an_offset_is_told_only_where_a_common_sound_gives_it_a_meaning(tempo: float) -> None:
    result = compare(drawn_dancer(), drawn_dancer(tempo, 1), MaskShapes(), preset("hip-hop"), MirrorMode.OFF)
    told = result_dict(result)
    sync = told["sync"]
    assert (sync["method"], sync["sound"], sync["offset_s"]) == ("movement", "different", None)
    assert told["timing"]["tempo"] == pytest.approx(tempo, abs=0.02)
    assert sync["tempo_ratio"] == (None if tempo == 1.0 else told["timing"]["tempo"])
    assert bool(sync["peaks"]) is (tempo == 1.0)
    teacher, student = drawn_dancer().track, drawn_dancer(tempo, 1).track
    assert page_data(result, teacher, student, PageSettings())["offset"] is None
    assert result_dict(itself())["sync"]["offset_s"] == pytest.approx(0.0, abs=0.001)


def test_same_input_same_output() -> None:
    again = compared(bent(dance(), 60.0, WRONG_S))
    assert json.dumps(result_dict(again)) == json.dumps(result_dict(bent_by(60.0)))


def test_names_of_joints_are_words() -> None:
    assert joint_label("left_shoulder") == "left arm"
    assert departure_words("left_knee", 30.4) == "left knee 30 degrees straighter than the teacher"
    for name in JOINT_NAMES:
        assert "_" not in departure_words(name, -12.0)


def test_the_headline_is_about_the_dance() -> None:
    assert itself().feedback.headline == "Danced like the teacher; no joint stood out."
    assert "left elbow" in bent_by(60.0).feedback.headline
    for result in (itself(), bent_by(60.0), compared(dance(9.0, 16.0))):
        assert not any(character.isdigit() for character in result.feedback.headline)
        assert "good" not in result.feedback.good.lower()


# --- the command


def test_the_command_writes_data_and_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, clip = tmp_path / "new" / "folder", tmp_path / "clip.h5"
    write_reference(clip, dance(2.0, 8.0))
    assert run("compare", clip, clip, "--out", out, "--no-video") == 0
    said = capsys.readouterr()
    assert said.out.startswith("Danced like the teacher")
    assert "100 of 100" in said.out
    data = json.loads((out / "result.json").read_text(encoding="utf-8"))
    assert data["score"]["total"] == pytest.approx(100.0, abs=0.5)
    assert (out / "report.html").stat().st_size > 1000


def test_bad_input_is_one_clear_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("no film")
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    out = tmp_path / "out"
    for arguments, problem in (
        ((tmp_path / "away.mp4", "first-steps", "--out", out), "away.mp4: there is no such file"),
        (("first-steps", tmp_path, "--out", out), "this is a folder"),
        (("first-steps", "first-stepz", "--out", out), "first-steps"),
        (("first-steps", tmp_path / "away.h5", "--out", out), "there is no such file"),
        (("first-steps", "first-steps", "--out", blocked), "nothing can be written there"),
    ):
        assert run("compare", *arguments) == 1
        said = capsys.readouterr()
        assert said.out == ""
        (line,) = said.err.splitlines()
        assert problem in line
    assert run("compare", "first-steps", "first-steps") == 2
    assert run("compare", "first-steps", "first-steps", "--out", out, "--style", "polka") == 2
