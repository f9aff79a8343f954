"""Latencies by pair of devices: kept, refused, taken back, and never in the way."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.storage.latency_store import LatencyEntry, LatencyStore
from tests.builders_history import Measured

NAMES = st.text(max_size=12)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "latency.json"


def test_is_kept_by_pair_of_devices(path: Path) -> None:
    store = LatencyStore(path)
    assert store.latency_ms("webcam", "speakers") is None
    store.save("webcam", "speakers", Measured(), "2026-03-01T18:00:00+00:00")
    store.save("webcam", "Kopfhörer", Measured(median_ms=240.0), "2026-03-01T19:00:00+00:00")
    store.close()
    again = LatencyStore(path)
    kept = LatencyEntry("webcam", "speakers", 85.0, 12.0, 9, "2026-03-01T18:00:00+00:00")
    assert again.latency_ms("webcam", "speakers") == kept
    assert [entry.output for entry in again.entries()] == ["Kopfhörer", "speakers"]
    assert again.latency_ms("speakers", "webcam") is None
    assert again.notices == []


def test_the_last_value_can_be_taken_back(path: Path) -> None:
    store = LatencyStore(path)
    for number, median_ms in enumerate((60.0, 70.0, 80.0)):
        store.save("webcam", "speakers", Measured(median_ms), f"2026-03-01T18:0{number}:00+00:00")
    store.close()
    store = LatencyStore(path)
    back = store.revert("webcam", "speakers")
    assert back is not None
    assert (back.latency_ms, back.measured_utc, back.previous) == (70.0, "2026-03-01T18:01:00+00:00", None)
    store.close()
    store = LatencyStore(path)
    assert store.latency_ms("webcam", "speakers") == back
    assert store.revert("webcam", "speakers") is None
    assert store.revert("webcam", "speakers") is None
    store.close()
    assert LatencyStore(path).latency_ms("webcam", "speakers") is None


@pytest.mark.parametrize(
    "result",
    [Measured(ok=False), Measured(median_ms=math.nan), Measured(spread_ms=math.inf), Measured(count=0), Measured(1e6)],
    ids=str,
)
def test_a_refused_check_changes_nothing(path: Path, result: Measured) -> None:
    store = LatencyStore(path)
    before = store.save("webcam", "speakers", Measured(), "2026-03-01T18:00:00+00:00")
    assert store.save("webcam", "speakers", result, "2026-03-01T19:00:00+00:00") is None
    store.close()
    assert store.latency_ms("webcam", "speakers") == before
    assert LatencyStore(path).latency_ms("webcam", "speakers") == before


def test_a_broken_file_is_set_aside(path: Path) -> None:
    path.write_bytes(b"{")
    store = LatencyStore(path)
    assert "kept as latency.broken-1.json" in store.notices[0]
    assert store.save("webcam", "speakers", Measured(), "2026") is not None
    store.close()
    assert LatencyStore(path).latency_ms("webcam", "speakers") is not None


def test_a_disk_that_fails_costs_only_the_memory(path: Path) -> None:
    path.mkdir()
    store = LatencyStore(path)
    assert len(store.notices) == 1
    assert store.save("webcam", "speakers", Measured(), "2026") is not None
    store.close()
    assert store.latency_ms("webcam", "speakers") is not None
    assert len(store.notices) == 1


PAIR = {"camera": "webcam", "output": "x", "latency_ms": 85, "spread_ms": 1, "count": 1, "measured_utc": ""}


@pytest.mark.parametrize(
    "content",
    [
        {"pairs": "none"},
        {"pairs": [3, None, {"camera": "webcam"}]},
        {"pairs": [PAIR | {"latency_ms": "85"}, PAIR | {"latency_ms": 1e9}, PAIR | {"latency_ms": True}]},
        {"pairs": [PAIR | {"camera": None}, PAIR | {"count": 0}, PAIR | {"spread_ms": -1}]},
    ],
    ids=str,
)
def test_what_nobody_measured_is_not_believed(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content))
    assert LatencyStore(path).entries() == ()


def test_what_a_newer_version_keeps_there_survives(path: Path) -> None:
    path.write_text('{"moons": 2}')
    store = LatencyStore(path)
    store.save("webcam", "speakers", Measured(), "2026")
    store.close()
    assert json.loads(path.read_text())["moons"] == 2


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    saves=st.lists(
        st.tuples(NAMES, NAMES, st.floats(-500, 2000), st.floats(0, 30), st.integers(1, 99), st.text(max_size=20)),
        max_size=5,
    )
)
def test_any_results_come_back(path: Path, saves: list[tuple[str, str, float, float, int, str]]) -> None:
    path.unlink(missing_ok=True)
    store = LatencyStore(path)
    newest: dict[tuple[str, str], LatencyEntry] = {}
    for camera, output, median_ms, spread_ms, count, utc in saves:
        before = newest.get((camera, output))
        previous = replace(before, previous=None) if before else None
        newest[camera, output] = LatencyEntry(camera, output, median_ms, spread_ms, count, utc, previous)
        store.save(camera, output, Measured(median_ms, spread_ms, count), utc)
    store.close()
    again = LatencyStore(path)
    assert {(entry.camera, entry.output): entry for entry in again.entries()} == newest
