"""The quality summary of a recording: numbers first, then words with times and a remedy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.clock import clock_text
from coach.pose.observation import Observation, PictureFlags
from coach.pose.pose_frame import PoseFrame
from coach.pose.quality import QualitySummary, Stretch, merged_stretches, summarise_quality
from coach.report.quality_words import quality_lines
from tests.builders_pose import make_observation, make_pose_frame, make_pose_frames
from tests.oracles_pose import fault_stretches

FPS = 30


def _recording(seconds: float = 20.0, **changes: object) -> list[Observation]:
    """A clean recording; ``changes`` maps ``"start-end"`` seconds to keyword arguments of ``make_pose_frame``."""
    frames = make_pose_frames(round(seconds * FPS), FPS, pose_at=lambda _: {})
    for span, options in changes.items():
        start_s, end_s = (float(part) for part in span.split("-"))
        for index in range(round(start_s * FPS), round(end_s * FPS)):
            frames[index] = (
                PoseFrame.missing(index / FPS, (640, 480))
                if options is None
                else make_pose_frame(index / FPS, **options)
            )
    return [make_observation(frame) for frame in frames]


def _flag(observations: list[Observation], start_s: float, end_s: float, flags: PictureFlags) -> list[Observation]:
    return [
        make_observation(one.pose, picture=flags) if start_s <= one.time_s < end_s - 1e-9 else one
        for one in observations
    ]


def test_a_clean_recording_is_good():
    summary = summarise_quality(_recording())
    assert summary.good
    assert summary.duration_s == pytest.approx(20.0)
    assert summary.frame_count == 600
    assert quality_lines(summary) == ["The recording looks good."]


def test_seconds_without_a_person():
    summary = summarise_quality(_recording(**{"12-15.2": None}))
    (stretch,) = summary.no_person
    assert (stretch.start_s, stretch.end_s) == pytest.approx((12.0, 15.2))
    assert summary.no_person_s == pytest.approx(3.2)
    assert not summary.unseen
    assert not summary.out_of_picture
    (line,) = quality_lines(summary)
    assert line.startswith("Nobody was found for 3.2 seconds: 0:12-0:15. ")
    assert "Stay in the picture" in line


def test_feet_below_the_picture():
    summary = summarise_quality(_recording(**{"4-6": {"centre": (0.5, 0.9)}}))
    assert set(summary.out_of_picture) == {"left_knee", "right_knee", "left_ankle", "right_ankle"}
    (stretch,) = summary.out_of_picture["left_ankle"]
    assert (stretch.start_s, stretch.end_s) == pytest.approx((4.0, 6.0))
    lines = quality_lines(summary)
    assert any(line.startswith("The feet were out of the picture: 0:04-0:06. Step back or tilt") for line in lines)
    assert any(line.startswith("The knees were") for line in lines)


def test_one_hand_beside_the_picture_and_a_hidden_joint():
    arm_out = {"arms_deg": (90.0, 20.0), "centre": (0.85, 0.5)}
    summary = summarise_quality(_recording(**{"2-3": arm_out, "7-9": {"hidden": ("right_elbow",)}}))
    assert "right_wrist" not in summary.out_of_picture
    assert set(summary.unseen) == {"right_elbow"}
    lines = quality_lines(summary)
    assert any(line.startswith("The left hand was out of the picture: 0:02-0:03. Step back, or") for line in lines)
    assert any(
        line.startswith("Hidden from the camera: the right elbow 0:07-0:09. They are not judged") for line in lines
    )


def test_joints_are_named_together_only_when_they_were_missing_together():
    both = {"hidden": ("left_wrist", "right_wrist")}
    (line,) = quality_lines(summarise_quality(_recording(**{"1-3": both})))
    assert "the hands 0:01-0:03." in line
    apart = {"1-3": {"hidden": ("left_wrist",)}, "8-10": {"hidden": ("right_wrist",)}}
    (line,) = quality_lines(summarise_quality(_recording(**apart)))
    assert "the left hand 0:01-0:03; the right hand 0:08-0:10." in line


@pytest.mark.parametrize(
    ("flag", "words", "remedy"),
    [
        (PictureFlags.SECOND_PERSON, "Somebody else was in the picture: 0:05-0:07.", "stay out"),
        (PictureFlags.CAMERA_MOVED, "The camera moved: 0:05-0:07.", "firm"),
        (PictureFlags.DARK, "It was too dark: 0:05-0:07.", "light"),
        (PictureFlags.BLURRED, "The picture was blurred: 0:05-0:07.", "lens"),
        (PictureFlags.FROZEN, "The picture stood still: 0:05-0:07.", "cable"),
    ],
)
def test_each_fault_of_the_picture_has_its_line(flag, words, remedy):
    (line,) = quality_lines(summarise_quality(_flag(_recording(), 5.0, 7.0, flag)))
    assert line.startswith(words)
    assert remedy in line


def test_several_faults_at_once_have_a_line_each():
    recording = _flag(_recording(**{"12-15": None}), 1.0, 2.0, PictureFlags.DARK | PictureFlags.BLURRED)
    assert len(quality_lines(summarise_quality(recording))) == 3


def test_times_count_from_the_first_picture_whatever_its_stamp():
    frames = make_pose_frames(300, FPS, start_s=100.0)
    frames[60:120] = [PoseFrame.missing(frame.time_s, (640, 480)) for frame in frames[60:120]]
    (stretch,) = summarise_quality([make_observation(frame) for frame in frames]).no_person
    assert (stretch.start_s, stretch.end_s) == pytest.approx((2.0, 4.0))


def test_short_faults_are_not_worth_a_word_but_count():
    summary = summarise_quality(_recording(**{"3-3.1": None, "8-8.5": {"hidden": ("left_knee",)}}))
    assert summary.good
    assert summary.no_person_s == pytest.approx(0.1)


def test_nothing_at_all():
    assert summarise_quality([]) == QualitySummary(0.0, 0)
    (line,) = quality_lines(summarise_quality([]))
    assert "Record it again" in line
    (line,) = quality_lines(summarise_quality([make_observation(make_pose_frame())]))
    assert line == "The recording looks good."


def test_many_stretches_are_cut_short_with_a_total():
    dark = tuple(Stretch(start, start + 1.0) for start in range(0, 20, 2))
    (line,) = quality_lines(QualitySummary(30.0, 900, dark=dark))
    assert "0:06-0:07 and 6 more (10 seconds in all)." in line


@given(
    fault=st.lists(st.booleans(), min_size=1, max_size=40),
    seed=st.integers(0, 99),
    bridge_s=st.sampled_from([0.0, 0.05, 0.2]),
    min_s=st.sampled_from([0.0, 0.1, 0.4]),
)
@settings(max_examples=100, deadline=None)
def test_stretches_are_those_of_the_slow_twin(fault, seed, bridge_s, min_s):
    edges_s = np.concatenate([[0.0], np.cumsum(np.random.default_rng(seed).uniform(0.01, 0.1, len(fault)))])
    found = merged_stretches(edges_s, np.array(fault), bridge_s, min_s)
    expected = fault_stretches(edges_s.tolist(), fault, bridge_s, min_s)
    assert [(one.start_s, one.end_s) for one in found] == expected


@pytest.mark.parametrize(("time_s", "words"), [(0.0, "0:00"), (12.9, "0:12"), (75.0, "1:15"), (3605.0, "1:00:05")])
def test_clock_text(time_s, words):
    assert clock_text(time_s) == words
