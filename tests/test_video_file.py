"""Videos of all kinds: every picture in order, upright, at its own time."""

import threading
from fractions import Fraction

import numpy as np
import pytest

from coach.clock import SystemClock
from coach.devices.video_file import VideoFileSource, first_picture_s, probe
from coach.errors import VideoFileError
from tests.builders_video import STEADY_S, all_frames, numbered_picture, picture_number, tone, write_video

UNEVEN_S = [0.0, 0.03, 0.04, 0.5, 0.51, 1.7, 1.75, 3.0]


@pytest.mark.parametrize("suffix", [".mp4", ".mkv", ".mov", ".avi"])
def test_every_picture_comes_in_order(tmp_path, suffix):
    codec = "libx264" if suffix != ".avi" else "mpeg4"
    path = write_video(tmp_path / f"steady{suffix}", STEADY_S, codec=codec)
    frames, source = all_frames(path)
    assert [frame.index for frame in frames] == list(range(20))
    assert [picture_number(frame.bgr) for frame in frames] == list(range(20))
    assert all(frame.bgr.flags.c_contiguous and frame.bgr.dtype == np.uint8 for frame in frames)
    assert frames[0].time_s == 0.0
    assert [frame.time_s for frame in frames] == pytest.approx(STEADY_S, abs=2e-3)
    assert source.health.decoded == 20
    assert not source.health.truncated


def test_variable_frame_rate_keeps_its_times(tmp_path):
    frames, source = all_frames(write_video(tmp_path / "uneven.mp4", UNEVEN_S))
    assert [frame.time_s for frame in frames] == pytest.approx(UNEVEN_S, abs=1e-4)
    assert source.info.fps == pytest.approx(len(UNEVEN_S) / 3.0, rel=0.2)


def test_times_count_from_the_first_picture_but_the_file_clock_is_known(tmp_path):
    sound = (tone(2.0, 22050), 22050, 0.0)
    path = write_video(tmp_path / "offset.mkv", [0.5 + time for time in STEADY_S], audio=sound)
    frames, _ = all_frames(path)
    assert frames[0].time_s == 0.0
    assert frames[-1].time_s == pytest.approx(STEADY_S[-1], abs=2e-3)
    facts = probe(path)
    assert facts.video_start_s == pytest.approx(0.5, abs=2e-3)
    assert first_picture_s(path) == facts.video_start_s
    assert facts.audio_start_s == pytest.approx(0.0, abs=2e-3)
    assert facts.has_audio


@pytest.mark.parametrize("rotation_deg", [90, 180, 270, -90])
def test_turned_phone_video_comes_upright(tmp_path, rotation_deg):
    path = write_video(tmp_path / "turned.mp4", STEADY_S[:3], rotation_deg=rotation_deg)
    frames, source = all_frames(path)
    upright = np.rot90(numbered_picture(0), rotation_deg // 90)
    assert frames[0].bgr.shape == upright.shape
    assert np.abs(frames[0].bgr.astype(int) - upright).mean() < 3.0
    assert source.info.frame_size_px == frames[0].size_px == probe(path).size_px


def test_non_square_picture_elements_are_made_square(tmp_path):
    path = write_video(tmp_path / "wide.mp4", STEADY_S[:3], sample_aspect=Fraction(4, 3), size_px=(60, 80))
    frames, source = all_frames(path)
    assert frames[0].size_px == (80, 80) == source.info.frame_size_px


@pytest.mark.parametrize("size_px", [(63, 47), (17, 33), (540, 720), (2, 2)])
def test_odd_sizes(tmp_path, size_px):
    frames, _ = all_frames(write_video(tmp_path / "odd.mp4", STEADY_S[:2], size_px=size_px))
    assert frames[0].size_px == size_px
    assert frames[0].bgr.flags.c_contiguous


def test_huge_picture(tmp_path):
    path = write_video(tmp_path / "huge.mp4", STEADY_S[:2], size_px=(7680, 4320))
    frames, _ = all_frames(path, height_limit_px=480)
    assert frames[0].size_px == (853, 480)
    assert picture_number(frames[1].bgr) == 1


def test_height_limit_makes_smaller_never_larger(tmp_path):
    path = write_video(tmp_path / "small.mp4", STEADY_S[:2], size_px=(64, 48), rotation_deg=90)
    assert all_frames(path, height_limit_px=480)[0][0].size_px == (48, 64)
    frames, source = all_frames(path, height_limit_px=32)
    assert frames[0].size_px == (24, 32) == source.info.frame_size_px


def test_stretch_of_a_video_starts_at_zero(tmp_path):
    path = write_video(tmp_path / "long.mp4", [0.25 + index / 30 for index in range(90)])
    frames, source = all_frames(path, start_s=1.0, end_s=2.0)
    assert [picture_number(frame.bgr) for frame in frames] == [number % 20 for number in range(30, 61)]
    assert frames[0].time_s == 0.0
    assert frames[-1].time_s == pytest.approx(1.0, abs=2e-3)
    assert source.info.duration_s == pytest.approx(1.0, abs=0.02)
    assert not source.health.truncated
    with pytest.raises(VideoFileError, match="ends before 9 s"):
        all_frames(path, start_s=9.0)


def read_to_the_end(source):
    while source.read(1.0) is not None:
        pass


def test_close_ends_reading_from_another_thread(tmp_path):
    path = write_video(tmp_path / "steady.mp4", [index / 30 for index in range(600)])
    for _ in range(5):
        source = VideoFileSource(path, SystemClock())
        source.open()
        reader = threading.Thread(target=read_to_the_end, args=(source,), daemon=True)
        reader.start()
        source.close()
        source.close()
        reader.join(10.0)
        assert not reader.is_alive()
        assert source.read(1.0) is None


def test_footage_times_and_sizes(footage):
    frames, source = all_frames(footage / "student.mp4", end_s=2.0)
    assert len(frames) == 61
    assert frames[0].size_px == (540, 720)
    assert np.diff([frame.time_s for frame in frames]) == pytest.approx(1 / 30, abs=1e-6)
    assert probe(footage / "student.mp4").frame_count == 982
    assert source.info.duration_s == 2.0
