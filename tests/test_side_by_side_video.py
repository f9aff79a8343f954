"""The side-by-side video and the pictures of the worst moments: matched moments, sound in step, fit for any player."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from coach.clock import ManualClock, SystemClock
from coach.comparison.result.comparison_result import ComparisonResult
from coach.devices.audio_file import read_audio, to_pcm
from coach.devices.matched_dancer import DancerClip, MatchedDancer, VideoReader
from coach.devices.moment_pictures import WantedMoment, moment_pictures
from coach.devices.side_by_side_stage import SideBySideClips
from coach.devices.side_by_side_video import write_side_by_side
from coach.errors import SettingsError, VideoFileError
from coach.pose.pose_frame import PoseTrack
from coach.pose.reference import Audio
from coach.settings.report import OverlayLook, SideBySideSettings, StillSettings
from coach.ui.theme import Theme
from coach.vision.match_overlay import write
from coach.vision.text import TextStyle
from tests.builders_comparison_page import make_comparison, nothing_compared, teacher_and_student
from tests.builders_video import clicks, picture_number, write_video

OFFSET_S = 0.5
RATE_HZ = 16000
SMALL = SideBySideSettings(height_px=120, strip_px=40, gap_px=4, preset="ultrafast", crf=12)
BARE = OverlayLook(bone_width=0.0, halo_width=0.0, limb_width=0.0, mark_radius=0.0)
Pair = tuple[PoseTrack, PoseTrack, ComparisonResult]


@pytest.fixture(scope="module")
def pair() -> Pair:
    teacher, student = teacher_and_student(3.0, OFFSET_S)
    return teacher, student, make_comparison(teacher, student, OFFSET_S, wobble_s=0.0)


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Numbered pictures: the number tells the time."""
    folder = tmp_path_factory.mktemp("videos")
    times_s = [index / 30 for index in range(90)]
    return (
        write_video(folder / "teacher.mp4", times_s, size_px=(96, 128)),
        write_video(folder / "student.mp4", times_s, size_px=(130, 98)),
    )


def pictures_of(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]


def drawn(pair: Pair, sound: Audio | None = None) -> SideBySideClips:
    return SideBySideClips(DancerClip(pair[0]), DancerClip(pair[1]), sound)


def test_browsers_can_play_it_while_it_loads(tmp_path: Path, pair: Pair) -> None:
    path = tmp_path / "side_by_side.mp4"
    write_side_by_side(path, pair[2], drawn(pair), ManualClock(), SMALL)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.pix_fmt == "yuv420p"
        assert stream.width % 2 == 0
        assert stream.height % 2 == 0
        assert float(stream.average_rate) == pytest.approx(30.0)
        assert not container.streams.audio
    data = path.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_it_is_as_long_as_the_common_part_and_tells_its_progress(tmp_path: Path, pair: Pair) -> None:
    told: list[float] = []
    write_side_by_side(tmp_path / "a.mp4", pair[2], drawn(pair), ManualClock(), SMALL, told.append)
    path_s = pair[2].alignment.path_s
    count = len(pictures_of(tmp_path / "a.mp4"))
    assert count == pytest.approx((path_s[-1, 1] - path_s[0, 1]) * 30 + 1, abs=1)
    assert told == sorted(told)
    assert len(told) == count
    assert told[-1] == 1.0


def test_both_sides_show_the_same_moment_of_the_dance(tmp_path: Path, pair: Pair, videos: tuple[Path, Path]) -> None:
    settings = replace(SMALL, look=BARE)
    nobody = replace(pair[0], image=np.full_like(pair[0].image, np.nan))
    clips = SideBySideClips(DancerClip(nobody, videos[0]), DancerClip(nobody, videos[1]))
    path = tmp_path / "a.mp4"
    write_side_by_side(path, pair[2], clips, SystemClock(), settings)
    first_s = pair[2].alignment.path_s[0, 1]
    left_px = round(120 * 96 / 128)
    for index, picture in enumerate(pictures_of(path)):
        teacher_s = first_s + index / 30
        student_s = float(pair[2].alignment.student_at(teacher_s))
        for side, time_s in ((picture[:120, :left_px], teacher_s), (picture[:120, left_px + 4 :], student_s)):
            number = picture_number(np.ascontiguousarray(side[:, : side.shape[1] - 2]))
            away = (number - round(30 * time_s)) % 20
            assert min(away, 20 - away) <= 1, (index, number, time_s)


def test_a_warped_student_is_shown_at_the_matched_moment(tmp_path: Path, pair: Pair, videos: tuple[Path, Path]) -> None:
    """The student stands still for a second: the picture does too, while the teacher's goes on."""
    teacher, student, result = pair
    times_s = np.arange(0.0, 2.0, 1 / 30)
    still = np.where(times_s < 0.5, times_s, np.where(times_s < 1.5, 0.5, times_s - 1.0)) + 0.5
    alignment = replace(result.alignment, path_s=np.stack([still, times_s], -1), mismatch=np.zeros(len(times_s)))
    nobody = replace(student, image=np.full_like(student.image, np.nan))
    clips = SideBySideClips(DancerClip(teacher), DancerClip(nobody, videos[1]))
    path = tmp_path / "a.mp4"
    write_side_by_side(path, replace(result, alignment=alignment), clips, SystemClock(), replace(SMALL, look=BARE))
    # The picture of the drawn teacher is as wide as the track's own frame.
    left = round(120 * teacher.frame_size_px[0] / teacher.frame_size_px[1]) + 4
    numbers = [picture_number(np.ascontiguousarray(one[:120, left:-2])) for one in pictures_of(path)]
    assert len(set(numbers[17:44])) == 1
    assert numbers[-1] != numbers[17]
    assert numbers[0] != numbers[17]


def test_the_sound_is_the_teachers_and_in_step(tmp_path: Path, pair: Pair) -> None:
    first_s = float(pair[2].alignment.path_s[0, 1])
    at_s = [first_s + 0.4, first_s + 1.1]
    sound = Audio(to_pcm(clicks(3.0, RATE_HZ, at_s)), RATE_HZ)
    path = tmp_path / "a.mp4"
    write_side_by_side(path, pair[2], drawn(pair, sound), ManualClock(), SMALL)
    back = read_audio(path)
    assert back is not None
    loud = np.flatnonzero(np.abs(back.pcm) > 8000) / back.rate_hz
    for click_s in at_s:
        nearest_s = loud[np.argmin(np.abs(loud - (click_s - first_s)))]
        assert nearest_s == pytest.approx(click_s - first_s, abs=0.015)
    assert back.duration_s <= len(pictures_of(path)) / 30 + 0.1


def test_without_a_video_the_dancer_is_drawn(tmp_path: Path, pair: Pair) -> None:
    settings = replace(SMALL, height_px=240)
    write_side_by_side(tmp_path / "a.mp4", pair[2], drawn(pair), ManualClock(), settings)
    picture = pictures_of(tmp_path / "a.mp4")[5][:240]
    half = picture.shape[1] // 2
    for side in (picture[:, :half], picture[:, half:]):
        assert (side.min(axis=2) > 150).sum() > 200


def test_a_mirrored_dancer_is_turned_in_picture_and_landmarks(pair: Pair, videos: tuple[Path, Path]) -> None:
    """`numbered_picture` is brighter at the upper left."""
    look = OverlayLook()
    for mirrored in (False, True):
        clip = DancerClip(replace(pair[0], image=np.full_like(pair[0].image, np.nan)), videos[0], mirrored)
        dancer = MatchedDancer(clip, SystemClock(), look, look.teacher, height_limit_px=128, unsure_visibility=0.5)
        pixels = np.zeros((128, 96, 4), np.uint8)
        dancer.paint(pixels, (0, 0, 96, 128), 0.5)
        dancer.close()
        left, right = pixels[20:40, 10:40, 0].mean(), pixels[20:40, 56:86, 0].mean()
        assert (right > left + 30) if mirrored else (left > right + 30)


def test_the_poses_of_the_mirrored_dancer_are_mirrored(pair: Pair) -> None:
    poses = []
    for mirrored in (False, True):
        dancer = MatchedDancer(
            DancerClip(pair[0], None, mirrored),
            ManualClock(),
            OverlayLook(),
            (1, 2, 3),
            height_limit_px=9,
            unsure_visibility=0,
        )
        poses.append(dancer.pose_at(1.0))
    assert poses[0] is not None
    assert poses[1] is not None
    assert np.allclose(poses[0].image[11, 0], 1.0 - poses[1].image[12, 0])


def test_nothing_in_common_is_said_in_words(tmp_path: Path, pair: Pair) -> None:
    with pytest.raises(VideoFileError, match="nothing in common"):
        write_side_by_side(tmp_path / "a.mp4", nothing_compared(pair[2]), drawn(pair), ManualClock(), SMALL)


def test_a_folder_that_is_gone_is_said_in_words_and_nothing_is_left(tmp_path: Path, pair: Pair) -> None:
    with pytest.raises(VideoFileError, match="could not be written"):
        write_side_by_side(tmp_path / "gone" / "a.mp4", pair[2], drawn(pair), ManualClock(), SMALL)
    assert list(tmp_path.iterdir()) == []


def test_a_stop_in_the_middle_leaves_the_old_file(tmp_path: Path, pair: Pair) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(b"old")

    def stop(share: float) -> None:
        if share > 0.5:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_side_by_side(path, pair[2], drawn(pair), ManualClock(), SMALL, stop)
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["a.mp4"]


def test_the_reader_gives_the_nearest_picture_and_holds_the_last(videos: tuple[Path, Path]) -> None:
    reader = VideoReader(videos[0], SystemClock(), 128)
    try:
        for time_s, expected in ((0.0, 0), (0.016, 0), (0.018, 1), (0.4, 12), (0.4, 12), (2.9667, 89), (9.0, 89)):
            assert picture_number(reader.at(time_s)) == expected % 20, time_s
    finally:
        reader.close()


def test_stills_are_small_pictures_of_their_moments(pair: Pair, videos: tuple[Path, Path]) -> None:
    wanted = [WantedMoment(1.5, ("left_arm",)), WantedMoment(0.5), WantedMoment(float("nan"))]
    settings = StillSettings(look=BARE)
    found = moment_pictures(DancerClip(pair[0], videos[0]), wanted, (255, 255, 255), SystemClock(), settings)
    assert found[2] is None
    for data in found[:2]:
        assert data is not None
        assert data[:3] == b"\xff\xd8\xff"
        assert len(data) < 20_000
    assert found[0] != found[1]
    assert moment_pictures(DancerClip(pair[0]), wanted, (255, 255, 255), SystemClock()) == [None, None, None]


def test_words_are_cut_at_the_edges_and_shortened() -> None:
    style = TextStyle(16)
    for place in ((-30, -4), (0, 12), (90, 12), (95, 28), (400, 400)):
        pixels = np.zeros((24, 100, 4), np.uint8)
        write(pixels, "Teacher 0:14.2", place, style, (255, 255, 255), 80)
    pixels = np.zeros((24, 300, 4), np.uint8)
    assert write(pixels, "a very long name of a video that goes on", (4, 12), style, (250, 240, 230), 80) <= 80
    assert not pixels[:, 110:].any()
    assert pixels[..., :3].max() > 200
    assert write(pixels, "", (4, 12), style, (255, 255, 255), 80) == 0


def test_the_colours_are_those_of_the_program() -> None:
    theme, look = Theme(), OverlayLook()
    for one in fields(look):
        if one.type == "Rgb":
            assert getattr(look, one.name) == getattr(theme, one.name), one.name


@pytest.mark.parametrize("wrong", [{"height_px": 0}, {"crf": 60}, {"preset": ""}, {"rate_fps": float("nan")}])
def test_settings_refuse_nonsense(wrong: dict[str, object]) -> None:
    with pytest.raises(SettingsError):
        SideBySideSettings(**wrong)  # type: ignore[arg-type]
