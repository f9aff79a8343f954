"""The bench measures what it says: small runs of each part, and its arithmetic. No times are judged."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from coach.devices.pose_detector import Detection
from coach.pose.pose_frame import PoseFrame
from coach.pose.reference import Reference
from coach.routine.routine import first_steps_routine
from coach.storage.folders import BUILT_IN_REFERENCES
from coach.storage.reference_hdf5 import read_reference
from coach.vision.pictures import Picture
from tests.bench.beside_pose import measure_beside_pose
from tests.bench.drawing import dancing_views
from tests.bench.figures import Row, Samples, percentile, summed, table
from tests.bench.judging_cost import measure_judging
from tests.bench.latency import latency_rows
from tests.bench.long_dance import long_reference
from tests.bench.memory import Sample, film_time_s, memory_rows
from tests.bench.start_child import FIRST_FRAME, STEPS, owner_of
from tests.bench.studio import drawing_rows, hitch_rows
from tests.builders_ui import practice_views
from tests.studio_rig import Tick


class TruthfulDetector:
    """Sees the drawn dancer as it was drawn."""

    def __init__(self) -> None:
        self.closed = False

    def detect(self, bgr: Picture, time_s: float, frame_size_px: tuple[int, int] | None = None) -> Detection:
        pose = first_steps_routine().truth(time_s)
        return Detection(pose, np.ones(bgr.shape[:2], np.float32))

    def warm_up(self, picture: Picture | None = None) -> None:
        """Always warm."""

    def close(self) -> None:
        self.closed = True


@pytest.fixture(scope="module")
def short() -> Reference:
    return read_reference(BUILT_IN_REFERENCES / "first-steps.h5")


def test_beside_pose_follows_the_dancer_and_sums_its_parts(short: Reference) -> None:
    detector = TruthfulDetector()
    rows = {row.name: row for row in measure_beside_pose(short, detector, frames=20, reference_s=60.0)}
    assert detector.closed
    assert rows["features, tracking"].note == "following 100%"
    for name in ("flow, mask, energy", "features, tracking", "judging, planning", "sum"):
        assert rows[name].count == 20
    assert rows["sum"].cpu >= rows["flow, mask, energy"].cpu > 0


def test_judging_is_measured_alone_and_between_other_work(short: Reference) -> None:
    rows = measure_judging(short, frames=20, reference_s=60.0)
    assert [row.name for row in rows] == 2 * ["judging, planning", "record of the run", "all judging"]
    for judge, record, both in (rows[:3], rows[3:]):
        assert judge.note == "following 100%"
        assert judge.count == record.count == both.count == 20
        assert both.cpu >= judge.cpu > record.cpu > 0


def test_the_long_reference_is_long_and_never_repeats_itself(short: Reference) -> None:
    long = long_reference(short, 150.0)
    assert len(long.track) == len(long.masks) == len(long.flow_energy) == 4500
    np.testing.assert_allclose(long.track.image[:900], _at(short, long.track.time_s[:900]), atol=1e-9)
    period = round(short.duration_s * 30)
    apart = np.abs(long.track.image[period : 2 * period, :, :2] - long.track.image[:period, :, :2]).max(axis=(1, 2))
    assert np.median(apart) > 0.01
    assert np.isfinite(long.track.image).any(axis=(1, 2)).all()


def _at(short: Reference, time_s: np.ndarray) -> np.ndarray:
    index = np.interp(time_s, short.track.time_s, np.arange(len(short.track)))
    low = np.floor(index).astype(int)
    share = (index - low)[:, None, None]
    return (1 - share) * short.track.image[low] + share * short.track.image[low + 1]


def test_dancing_views_move() -> None:
    views = list(dancing_views(practice_views()["following"], 8, (320, 180)))
    assert len({view.now_s for view in views}) == 8
    pictures = [view.bgr for view in views if view.bgr is not None]
    assert pictures[0] is pictures[1]
    assert (pictures[1] != pictures[2]).any()
    assert isinstance(views[2].state and views[2].state.pose, PoseFrame)


def test_every_timed_step_of_the_start_is_still_there() -> None:
    for _, module, name in (*STEPS, ("first frame", *FIRST_FRAME)):
        owner, last = owner_of(module, name)
        assert callable(getattr(owner, last))


def test_percentile_is_a_value_of_the_sample() -> None:
    assert percentile([5.0, 1.0, 3.0, 2.0, 4.0], 95.0) == 5.0
    assert percentile(list(range(1, 101)), 95.0) == 95
    assert percentile([], 95.0) is None


def test_sum_is_taken_frame_by_frame() -> None:
    total = summed([Samples([1.0, 9.0], [1.0, 8.0]), Samples([9.0, 1.0], [7.0, 1.0])])
    assert total.wall_ms == [10.0, 10.0]
    assert total.cpu_ms == [8.0, 9.0]


def test_table_names_each_section_once() -> None:
    text = table([Row("One", "a", "ms", 1.0), Row("One", "b", "ms", None), Row("Two", "c", "MiB", 412.4)])
    assert text.count("One") == 1
    assert "412 MiB" in text
    assert len(text.splitlines()) == 8


def test_latency_is_read_from_the_log() -> None:
    entries = [{"event": "start"}]
    for total in (10.0, 20.0, 30.0):
        parts = {"pose": total / 2, "flow": 2.0, "track": 0.1, "judge": 0.2, "total": total}
        entries.append({"event": "frame", "state": "following" if total > 10 else "searching", "latency_ms": parts})
    entries += [{"event": "cue"}, {"event": "end", "frames": 3, "dropped": 1}]
    rows = {row.name: row for row in latency_rows("a log", entries)}
    assert (rows["total"].value, rows["total"].p95) == (20.0, 30.0)
    assert rows["frames processed"].value == 75.0
    assert rows["following"].value == pytest.approx(200 / 3)


def test_memory_growth_is_from_the_second_minute_on() -> None:
    samples = [Sample(float(second), 300.0 if second < 60 else 400.0 + second / 60.0) for second in range(601)]
    rows = {row.name: row for row in memory_rows("demo", samples)}
    assert math.isclose(rows["growth"].value or 0.0, 2.14, abs_tol=0.1)
    assert rows["most"].value == 410.0
    assert memory_rows("demo", samples[:30])[0].value is None


def test_film_time_comes_from_the_last_whole_line(tmp_path: Path) -> None:
    log = tmp_path / "log.jsonl"
    assert film_time_s(log) == 0.0
    log.write_text(
        '{"event":"start"}\n{"event":"frame","time_s":1.5,"state":"lost"}\n{"event":"frame","time_s":1.6,"sta'
    )
    assert film_time_s(log) == 1.5


def test_drawing_is_told_screen_by_screen_and_hitches_change_by_change() -> None:
    ticks = [Tick("Home", 0.02 * number, 5.0, 4.0, 3.0, 2.0) for number in range(40)]
    ticks += [Tick("Practice", 0.02 * number + 0.07, 80.0, 60.0, 7.0, 6.0, 8.0) for number in range(40, 90)]
    drawn = {row.name: row for row in drawing_rows((1280, 720), ticks)}
    assert (drawn["draw Home"].value, drawn["draw Home"].cpu, drawn["draw Home"].count) == (3.0, 2.0, 40)
    assert drawn["draw Practice"].p95 == 7.0
    (hitch,) = hitch_rows((1280, 720), ticks, [40])
    assert hitch.name == "Home to Practice"
    assert hitch.value == pytest.approx(90.0)
    assert hitch.cpu == 60.0
    assert hitch.note.endswith("without queueing 82 ms")
