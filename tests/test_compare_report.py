"""What `compare` writes beside its data: the page with its pictures, and the video."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.app.comparing import compare_report
from coach.app.comparing.compare_report import PAGE_FILE, VIDEO_FILE, worst_pictures, write_report
from coach.clock import SystemClock
from coach.comparison.result.comparison_result import ComparisonResult
from coach.devices.matched_dancer import DancerClip
from coach.devices.side_by_side_stage import SideBySideClips
from coach.errors import CoachError
from coach.pose.reference import Audio, Reference
from tests.builders_comparison_page import make_comparison, nothing_compared, teacher_and_student
from tests.builders_pose import make_reference
from tests.builders_video import write_video

Pair = tuple[Reference, Reference, ComparisonResult]


@pytest.fixture(scope="module")
def pair() -> Pair:
    tracks = teacher_and_student(3.0)
    sound = Audio(np.zeros(48000, np.int16), 16000)
    teacher, student = (replace(make_reference(90), track=track, audio=sound) for track in tracks)
    return teacher, student, make_comparison(*tracks)


def test_page_and_video_stand_side_by_side(tmp_path: Path, pair: Pair, capsys: pytest.CaptureFixture[str]) -> None:
    teacher, student, result = pair
    written = write_report(result, teacher, student, None, None, tmp_path)
    assert written == (PAGE_FILE, VIDEO_FILE)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(written)
    assert f'href="{VIDEO_FILE}"' in (tmp_path / PAGE_FILE).read_text(encoding="utf-8")
    assert "side-by-side" in capsys.readouterr().err


@pytest.mark.parametrize("nothing", [False, True])
def test_without_a_video_an_old_one_does_not_stay(tmp_path: Path, pair: Pair, nothing: bool) -> None:
    teacher, student, result = pair
    (tmp_path / VIDEO_FILE).write_bytes(b"of another comparison")
    shown = nothing_compared(result) if nothing else result
    assert write_report(shown, teacher, student, None, None, tmp_path, video=nothing) == (PAGE_FILE,)
    assert not (tmp_path / VIDEO_FILE).exists()
    assert VIDEO_FILE not in (tmp_path / PAGE_FILE).read_text(encoding="utf-8")


def test_each_worst_moment_gets_both_its_pictures(tmp_path: Path, pair: Pair) -> None:
    teacher, student, result = pair
    video = write_video(tmp_path / "student.mp4", [index / 30 for index in range(90)], size_px=(96, 128))
    clips = SideBySideClips(DancerClip(teacher.track), DancerClip(student.track, video))
    pictures = worst_pictures(result, clips, SystemClock())
    assert len(pictures) == len(result.worst)
    assert all(one.teacher is None and one.student is not None for one in pictures)


def test_a_disk_that_refuses_is_said_in_words(tmp_path: Path, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    teacher, student, result = pair
    (tmp_path / PAGE_FILE).mkdir()
    monkeypatch.setattr(compare_report, "worst_pictures", lambda *_: [])
    with pytest.raises(CoachError, match="cannot be written"):
        write_report(result, teacher, student, None, None, tmp_path, video=False)
