"""The session log: the promised fields, finite numbers, the same lines every time, and a failing disk."""

from __future__ import annotations

import errno
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.alignment.tracked_position import TrackedPosition, TrackState
from coach.errors import CoachError
from coach.judging.mistake_spans import MistakeSpan
from coach.judging.verdicts import Cue, CueKind, EnergyReading, EnergyVerdict, JointReading, JointVerdict
from coach.pose.joint_table import JOINT_NAMES
from coach.session.session_state import ScoreReading, SessionState
from coach.settings.storage import LogSettings
from coach.storage.log_entries import as_line, frame_entry, rounded
from coach.storage.session_log import LatencyMs, SessionLog
from tests.builders_pose import make_pose_frame

SCHEMA = json.loads((Path(__file__).parent / "log_schema.json").read_text(encoding="utf-8"))
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
LATENCY = LatencyMs(pose=16.8123, flow=2.1, track=0.1, judge=0.2, total=20.5)
SCORE = ScoreReading(total=87.46, angles=80.0, trajectory=None, extension=90.0, timing=99.99, judged_share=0.9)


def make_state(index: int = 17, *, state: TrackState = TrackState.FOLLOWING, number: float = -35.14) -> SessionState:
    reference_s = 3.2 if state in (TrackState.FOLLOWING, TrackState.FINISHED) else None
    verdicts = list(JointVerdict)
    joints = tuple(
        JointReading(name, 95.12, None if place == 0 else number, number, 20.0, verdicts[place % len(verdicts)])
        for place, name in enumerate(JOINT_NAMES)
    )
    time_s = index / 30
    return SessionState(
        frame_index=index,
        pose=make_pose_frame(time_s),
        position=TrackedPosition(time_s, state, reference_s, 0.934, 1.021, False),
        timing_ms=number,
        seen=0.97,
        joints=joints,
        energy=EnergyReading(number, 1.1, EnergyVerdict.GOOD),
        score=SCORE,
    )


CUE = Cue(4.1, 6.6, CueKind.JOINT, "left_elbow", "Left arm straighter — “so”", "left arm straighter")


def write_session(path: Path) -> None:
    log = SessionLog(path)
    log.start(reference="waltz", duration_s=30.0, sensed_by=lambda: ("camera 0", "full"), software_version="0.1.0")
    for index, state in enumerate(TrackState):
        log.frame(make_state(index, state=state), LATENCY)
    log.cue(CUE, spoken=True)
    log.end(
        frames=4, dropped=0, seen=0.98, score=SCORE, worst=[MistakeSpan("left_elbow", 3.0, 5.5, -31.04, 20.0, 1.2, 1.0)]
    )


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_every_line_fits_the_schema(tmp_path: Path) -> None:
    write_session(tmp_path / "log.jsonl")
    lines = lines_of(tmp_path / "log.jsonl")
    assert [line["event"] for line in lines] == ["start", *["frame"] * 4, "cue", "end"]
    for line in lines:
        VALIDATOR.validate(line)


def test_what_is_sensed_with_is_asked_once_pictures_come(tmp_path: Path) -> None:
    """A camera that is opened only now has its name in the log all the same."""
    sensed_with = ("", "")
    log = SessionLog(tmp_path / "log.jsonl")
    log.start(reference="waltz", duration_s=30.0, sensed_by=lambda: sensed_with, software_version="0.1.0")
    assert lines_of(tmp_path / "log.jsonl") == []
    sensed_with = ("camera 0", "full")
    log.frame(make_state(), LATENCY)
    log.close()
    start, frame = lines_of(tmp_path / "log.jsonl")
    assert (start["event"], start["source"], start["model"]) == ("start", "camera 0", "full")
    assert frame["event"] == "frame"


def test_the_end_says_where_to_work(tmp_path: Path) -> None:
    write_session(tmp_path / "log.jsonl")
    assert lines_of(tmp_path / "log.jsonl")[-1] == {
        "event": "end",
        "frames": 4,
        "dropped": 0,
        "seen": 0.98,
        "score": 87.5,
        "parts": {"angles": 80.0, "trajectory": None, "extension": 90.0, "timing": 100.0},
        "worst": [{"joint": "left_elbow", "start_s": 3.0, "end_s": 5.5, "error_deg": -31.0, "tolerance_deg": 20.0}],
    }


def test_the_schema_is_strict() -> None:
    good = json.loads(as_line(frame_entry(make_state(), LATENCY, LogSettings())))
    VALIDATOR.validate(good)
    for spoil in ({"extra": 1}, {"state": "dancing"}, {"confidence": 1.5}, {"time_s": None}, {"frame": 1.5}):
        assert not VALIDATOR.is_valid({**good, **spoil})
    for name in good:
        assert not VALIDATOR.is_valid({key: value for key, value in good.items() if key != name}), name
    assert not VALIDATOR.is_valid({**good, "state": "lost"}), "a place while lost"


def test_a_frame_in_full() -> None:
    entry = frame_entry(make_state(), LATENCY, LogSettings())
    assert {name: value for name, value in entry.items() if name != "joints"} == {
        "event": "frame",
        "frame": 17,
        "time_s": 0.567,
        "state": "following",
        "reference_s": 3.2,
        "confidence": 0.934,
        "tempo": 1.021,
        "timing_ms": -35.1,
        "mirrored": False,
        "seen": 0.97,
        "energy": {"student": -35.14, "teacher": 1.1, "verdict": "good"},
        "score": 87.5,
        "latency_ms": {"pose": 16.81, "flow": 2.1, "track": 0.1, "judge": 0.2, "total": 20.5},
    }
    assert list(entry["joints"]) == list(JOINT_NAMES)
    assert entry["joints"]["right_elbow"] == {
        "angle_deg": 95.1,
        "target_deg": -35.1,
        "error_deg": -35.1,
        "tolerance_deg": 20.0,
        "verdict": "unseen",
    }


def test_the_order_of_the_keys_is_fixed(tmp_path: Path) -> None:
    write_session(tmp_path / "a.jsonl")
    write_session(tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    first_frame = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()[1]
    assert first_frame.startswith('{"event":"frame","frame":0,"time_s":0.0,"state":"searching","reference_s":null,')
    assert "“so”" in (tmp_path / "a.jsonl").read_text(encoding="utf-8")


@settings(max_examples=200)
@given(number=st.floats(allow_nan=True, allow_infinity=True), latency=st.floats(allow_nan=True, allow_infinity=True))
def test_numbers_are_finite_or_null(number: float, latency: float) -> None:
    line = as_line(frame_entry(make_state(number=number), replace(LATENCY, pose=latency), LogSettings()))

    def refuse(text: str) -> None:
        raise AssertionError(text)

    entry = json.loads(line, parse_constant=refuse)
    assert (entry["timing_ms"] is None) == (number != number or abs(number) == float("inf"))


@given(value=st.floats(allow_nan=False, allow_infinity=False), decimals=st.integers(1, 3))
def test_rounding(value: float, decimals: int) -> None:
    result = rounded(value, decimals)
    assert result is not None
    assert abs(result - value) <= 0.5000001 * 10**-decimals + 1e-9 * abs(value)
    assert str(result) != "-0.0"


def test_nothing_judged_yet(tmp_path: Path) -> None:
    log = SessionLog(tmp_path / "log.jsonl")
    log.end(frames=0, dropped=0, seen=None, score=None)
    (line,) = lines_of(tmp_path / "log.jsonl")
    VALIDATOR.validate(line)
    assert line["parts"] == {"angles": None, "trajectory": None, "extension": None, "timing": None}


def test_without_a_file_nothing_happens() -> None:
    log = SessionLog(None)
    log.start(reference="waltz", duration_s=30.0, sensed_by=lambda: ("camera 0", "full"), software_version="0.1.0")
    log.frame(make_state(), LATENCY)
    log.cue(CUE, spoken=False)
    log.end(frames=1, dropped=0, seen=1.0, score=SCORE)


def test_on_the_disk_each_second_and_with_each_cue(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    log = SessionLog(path)
    for index in range(20):
        log.frame(make_state(index), LATENCY)
    assert len(lines_of(path)) == 0
    log.cue(CUE, spoken=True)
    assert len(lines_of(path)) == 21
    for index in range(20, 45):
        log.frame(make_state(index), LATENCY)
    assert 21 + 10 <= len(lines_of(path)) < 46, "30 frames are a second"
    log.close()
    log.close()
    assert len(lines_of(path)) == 46


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match=r"cannot be written there.*--log"):
        SessionLog(tmp_path / "none" / "log.jsonl")
    with pytest.raises(CoachError, match="--log"):
        SessionLog(tmp_path)


class FullDisk:
    """A text file on a full disk."""

    def write(self, _: str) -> int:
        return 0

    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    close = flush


def test_a_full_disk_warns_once_and_the_session_goes_on(tmp_path: Path) -> None:
    warnings: list[str] = []
    log = SessionLog(tmp_path / "log.jsonl", warn=warnings.append)
    assert log._file is not None
    log._file.close()
    log._file = FullDisk()  # type: ignore[assignment]
    for index in range(100):
        log.frame(make_state(index), LATENCY)
    log.cue(CUE, spoken=True)
    log.end(frames=1, dropped=0, seen=1.0, score=SCORE)
    assert len(warnings) == 1
    assert "the log stops here (no space left on device); the session goes on" in warnings[0]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_really_full_disk() -> None:
    warnings: list[str] = []
    log = SessionLog(Path("/dev/full"), warn=warnings.append)
    log.start(reference="waltz", duration_s=30.0, sensed_by=lambda: ("camera 0", "full"), software_version="0.1.0")
    log.cue(CUE, spoken=True)
    log.end(frames=0, dropped=0, seen=None, score=None)
    assert len(warnings) == 1
