"""Files that are no videos, and videos that are damaged: read as far as they go, or refused in one sentence."""

import socket

import numpy as np
import pytest

from coach.clock import ManualClock
from coach.devices.video_file import VideoFileSource, first_picture_s, probe
from coach.errors import VideoFileError
from tests.builders_video import STEADY_S, all_frames, tone, truncate, write_sound, write_video


def noise(number, size_px):
    return np.random.default_rng(number).integers(0, 255, (size_px[1], size_px[0], 3), dtype=np.uint8)


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
