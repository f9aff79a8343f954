import socket
import threading
from fractions import Fraction

import numpy as np
import pytest

from coach.clock import ManualClock, SystemClock
from coach.devices.frame_source import Frame, FrameSource, SourceInfo
from coach.devices.paced_source import PacedSource
from coach.devices.video_file import VideoFileSource, first_picture_s, probe
from coach.errors import VideoFileError
from coach.settings.devices import PacingSettings
from tests.builders_video import numbered_picture, picture_number, tone, truncate, write_sound, write_video

STEADY_S = [index / 30 for index in range(20)]
UNEVEN_S = [0.0, 0.03, 0.04, 0.5, 0.51, 1.7, 1.75, 3.0]


def noise(number, size_px):
    return np.random.default_rng(number).integers(0, 255, (size_px[1], size_px[0], 3), dtype=np.uint8)


def all_frames(path, clock=None, **options):
    with VideoFileSource(path, clock or ManualClock(), **options) as source:
        frames = []
        while (frame := source.read(1.0)) is not None:
            frames.append(frame)
        return frames, source


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


# Bad files --------------------------------------------------------------------------------------------------------


def complaint(path):
    with pytest.raises(VideoFileError) as caught:
        all_frames(path)
    with pytest.raises(VideoFileError):
        probe(path)
    text = str(caught.value)
    assert "\n" not in text
    assert str(path) in text
    return text


def test_missing_file_and_folder(tmp_path):
    assert "no such file" in complaint(tmp_path / "missing.mp4")
    assert "folder" in complaint(tmp_path)


@pytest.mark.parametrize("content", [b"", b"Dear diary, today we danced.\n" * 50, bytes(range(256)) * 40])
def test_something_else_called_mp4(tmp_path, content):
    path = tmp_path / "text.mp4"
    path.write_bytes(content)
    assert "not a video" in complaint(path)


def test_text_file(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Dear diary, today we danced.\n" * 50)
    complaint(path)


def test_playlist_cannot_make_us_open_a_connection(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.mp4"
        for name, text in [
            ("list.m3u8", f"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\n{address}\n#EXT-X-ENDLIST\n"),
            ("list.ffconcat", f"ffconcat version 1.0\nfile '{address}'\n"),
            ("talk.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 49152 RTP/AVP 96\n"),
        ]:
            path = tmp_path / name
            path.write_text(text)
            complaint(path)
        with pytest.raises(TimeoutError):
            server.accept()


def test_song_has_no_pictures(tmp_path):
    path = write_sound(tmp_path / "song.mp3", tone(1.0, 44100), 44100, "libmp3lame")
    assert "no pictures" in complaint(path)
    assert first_picture_s(path) is None


def test_video_without_frames(tmp_path):
    sound = (tone(0.5, 22050), 22050, 0.0)
    path = write_video(tmp_path / "empty.mkv", [], audio=sound)
    assert "not one picture" in complaint(path)


def test_mp4_cut_off_before_its_index(tmp_path):
    path = truncate(write_video(tmp_path / "cut.mp4", STEADY_S), 0.5)
    assert "damaged" in complaint(path)


@pytest.mark.parametrize("suffix", [".mp4", ".mkv"])
def test_truncated_video_is_read_as_far_as_it_goes_and_says_so(tmp_path, suffix):
    options = {"movflags": "+faststart"} if suffix == ".mp4" else {}

    times_s = [index / 30 for index in range(90)]
    path = write_video(tmp_path / f"cut{suffix}", times_s, options=options, picture=noise)
    truncate(path, 0.5)
    frames, source = all_frames(path)
    assert 20 < len(frames) < 70
    assert source.health.truncated
    assert source.health.announced_s == pytest.approx(3.0, abs=0.1)
    assert source.health.duration_s == frames[-1].time_s


def test_damage_in_the_middle_does_not_end_the_video(tmp_path):
    path = write_video(tmp_path / "hurt.mp4", [index / 30 for index in range(90)], picture=noise)
    data = bytearray(path.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 20000] = b"\xff" * 20000
    path.write_bytes(bytes(data))
    frames, source = all_frames(path)
    assert len(frames) < 90
    assert frames[-1].time_s > 2.5
    assert source.health.damaged_packets > 0
    assert not source.health.truncated


@pytest.mark.parametrize("share", [0.01, 0.1, 0.3, 0.7, 0.9, 0.99])
def test_any_cut_gives_frames_or_one_sentence(tmp_path, share):
    for suffix in (".mp4", ".mkv", ".avi"):
        codec = "mpeg4" if suffix == ".avi" else "libx264"
        path = truncate(write_video(tmp_path / f"cut{suffix}", STEADY_S, codec=codec), share)
        try:
            told = [str(frame.time_s) for frame in all_frames(path)[0]]
        except VideoFileError as error:
            told = [str(error)]
        assert told
        assert not any("\n" in line for line in told)


def test_repeated_stamps_are_skipped(tmp_path):
    path = write_video(tmp_path / "twice.avi", STEADY_S, codec="mpeg4")
    source = VideoFileSource(path, ManualClock())
    source.open()
    first = list(source._frames)
    source._frames = iter([first[0], first[1], first[1], first[0], first[2]])
    times_s = []
    while (frame := source.read(1.0)) is not None:
        times_s.append(frame.time_s)
    assert len(times_s) == 3
    assert (np.diff(times_s) > 0).all()
    assert source.health.skipped_stamps == 2
    source.close()


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


# Pacing -----------------------------------------------------------------------------------------------------------


class Endless(FrameSource):
    """Pictures at 30 a second that cost nothing."""

    def __init__(self, count=1000):
        super().__init__()
        self.count, self.given = count, 0

    def _open(self):
        return SourceInfo("endless", (2, 2), 30.0, self.count / 30, live=False)

    def _read(self, timeout_s):
        self.given += 1
        if self.given > self.count:
            return None
        index = self.given - 1
        return Frame(index, index / 30, np.zeros((2, 2, 3), np.uint8), 0.0)

    def _close(self):
        pass


def test_pictures_come_when_their_time_has_come():
    clock = ManualClock(50.0)
    with PacedSource(Endless(), clock) as source:
        assert source.info.live
        for index in range(100):
            frame = source.read(1.0)
            assert frame.index == index
            assert frame.captured_s == pytest.approx(50.0 + frame.time_s)
            assert clock.now_s() == pytest.approx(50.0 + frame.time_s)
    assert source.late == 0


def test_a_late_reader_gets_all_that_waits_at_once():
    clock = ManualClock()
    with PacedSource(Endless(), clock) as source:
        source.read(1.0)
        clock.advance(1.0)
        frames = [source.read(1.0) for _ in range(30)]
        assert clock.now_s() == 1.0
        assert frames[-1].time_s == pytest.approx(1.0)
        assert source.late > 20
        assert source.dropped == 0


def test_dropping_late_pictures_catches_up_but_never_starves_the_reader():
    clock, settings = ManualClock(), PacingSettings(late_s=0.1, drops_in_a_row_limit=10)
    with PacedSource(Endless(), clock, settings, drop_late=True) as source:
        source.read(1.0)
        clock.advance(0.3)
        frame = source.read(1.0)
        assert 0.3 - frame.time_s <= 0.1 + 1e-9
        clock.advance(20.0)  # far behind: still a picture after ten dropped ones
        before = source.dropped
        assert source.read(1.0) is not None
        assert source.dropped - before == 10
        assert frame.index == 1


def test_closing_ends_a_long_wait():
    class Slow(Endless):
        def _read(self, timeout_s):
            frame = super()._read(timeout_s)
            return Frame(frame.index, frame.index * 1000.0, frame.bgr, 0.0)

    source = PacedSource(Slow(), SystemClock())
    source.open()
    source.read(1.0)
    ended = []
    reader = threading.Thread(target=lambda: ended.append(source.read(1.0)), daemon=True)
    reader.start()
    source.close()
    reader.join(10.0)
    assert ended == [None]


def test_end_of_the_file_is_the_end():
    with PacedSource(Endless(3), ManualClock()) as source:
        assert [source.read(1.0) is None for _ in range(5)] == [False, False, False, True, True]
