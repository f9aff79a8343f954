"""Killed without warning at random moments: history and choices always open again, and no kept run is lost."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

from coach.storage.folders import HOME_VARIABLE, Folders, user_folders
from coach.storage.history import History
from coach.storage.latency_store import LatencyStore
from coach.storage.preferences import PreferenceStore
from tests.builders_history import FULL_RUN
from tests.builders_sensing import pose_model
from tests.conftest import ROOT
from tests.kill_child import LARGEST, SMALLEST

KILLS = 30
FRESH_EVERY = 5
"""So often it is a new user who is unlucky: the moment may lie in the making of the files."""

STUDIO_KILLS, STUDIO_S = 2, 1.5
LONGEST_S = 120.0
"""Nobody waits longer for a practice, however busy the computer is."""

OPENING_S, PRACTISING_S = 0.04, 0.2
"""The moment lies so long after the first file is opened, or after the first run was begun."""


def folders_of(home: Path) -> Folders:
    return user_folders({HOME_VARIABLE: str(home)})


def practise_until_killed(home: Path, word: str, life_s: float, module: str = "tests.kill_child") -> tuple[int, int]:
    """Kill a practising process so long after it said ``word``; the last run that was begun, and the last kept one."""
    command = [sys.executable, "-m", module]
    environment = os.environ | {HOME_VARIABLE: str(home)}
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=pipe, stderr=pipe, text=True) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        watchdog = threading.Timer(LONGEST_S, child.kill)
        watchdog.start()
        told = []
        for line in child.stdout:
            told.append(line)
            if line.startswith(word):
                break
        watchdog.cancel()
        time.sleep(life_s)
        child.kill()
        told += child.stdout
        complaints = child.stderr.read()
    assert "Traceback" not in complaints, complaints
    words = [line.split() for line in told if line.endswith("\n")]
    begun, kept = ([int(line[1]) for line in words if line[0] == kind] for kind in ("begins", "kept"))
    return max(begun, default=-1), max(kept, default=-1)


def check_all_opens(home: Path, begun: int, kept: int) -> int:
    """What the next start finds; gives the number of runs."""
    folders = folders_of(home)
    history = History(folders.history)
    runs = history.runs(limit_count=10_000)
    assert [run.title for run in reversed(runs)] == [str(number) for number in range(len(runs))], "none is missing"
    assert all(run.phrases == FULL_RUN.phrases and run.worst == FULL_RUN.worst for run in runs), "none is half"
    assert kept < 0 or len(runs) >= kept + 1, "what was kept is there"
    assert len(runs) <= begun + 1, "none is made up"
    history.close()
    preferences, latencies = PreferenceStore(folders.preferences), LatencyStore(folders.latency)
    assert history.notices == preferences.notices == latencies.notices == []
    assert list(home.rglob("*broken*")) == []
    sizes = {100.0, *(float(SMALLEST + number % (LARGEST - SMALLEST)) for number in range(begun + 1))}
    assert preferences.current.text_size_percent in sizes
    return len(runs)


def test_killed_at_random_moments(tmp_path: Path) -> None:
    moments = random.Random(20)
    counts, lives_that_kept = [], 0
    for kill in range(KILLS):
        if kill % FRESH_EVERY == 0:
            home, word, life_s = tmp_path / f"fresh-{kill}", "opens", moments.uniform(0.0, OPENING_S)
        else:
            word = "kept" if kill % 2 else "begins"
            home, life_s = tmp_path / "one", moments.uniform(0.0, PRACTISING_S)
        counts.append(check_all_opens(home, *practise_until_killed(home, word, life_s)))
        lives_that_kept += word == "kept"
    assert max(counts) >= lives_that_kept, "each life adds to what the lives before it left"


def test_the_studio_itself_killed_at_random_moments(tmp_path: Path, coach_home: Path) -> None:
    """With camera thread, pose model, music and window; the moments lie in practices, between them, and in opening."""
    pose_model()
    (tmp_path / "cache").symlink_to(coach_home / "cache", target_is_directory=True)
    moments, folders = random.Random(6), folders_of(tmp_path)
    last = -1
    for kill in range(STUDIO_KILLS):
        word = "practises" if kill % 2 else "kept"
        begun, kept = practise_until_killed(tmp_path, word, moments.uniform(0.0, STUDIO_S), "tests.kill_studio_child")
        history = History(folders.history)
        runs = history.runs(limit_count=1000)
        history.close()
        assert history.notices == []
        lost = f"{len(runs)} runs; kept up to {kept}, begun up to {begun}, before that up to {last}"
        assert max(kept, last) < len(runs) <= max(begun, last) + 1, lost
        assert all(run.reference == "first-steps" and 0.0 <= run.seen_share <= 1.0 for run in runs)
        last = len(runs) - 1
        preferences = PreferenceStore(folders.preferences)
        assert preferences.notices == []
        assert SMALLEST <= preferences.current.text_size_percent < LARGEST
    assert last >= 0, "something was practised"
    assert list(tmp_path.glob("*/*broken*")) == []
