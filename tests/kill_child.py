"""Practises without end in a process of its own: adds runs, changes choices, until it is killed (`test_kill`)."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import count

from coach.storage.folders import user_folders
from coach.storage.history import History
from coach.storage.latency_store import LatencyStore
from coach.storage.preferences import PreferenceStore
from tests.builders_history import FULL_RUN, Measured

SMALLEST, LARGEST = 80, 150
"""Text sizes, which serve as a counter of the changes."""


def say(*words: object) -> None:
    """A line in one piece, whichever thread says it."""
    sys.stdout.write(" ".join(map(str, words)) + "\n")
    sys.stdout.flush()


def practise() -> None:
    folders = user_folders()
    say("opens")
    history, preferences = History(folders.history), PreferenceStore(folders.preferences)
    latencies = LatencyStore(folders.latency)
    for number in count(history.count()):
        say("begins", number)
        preferences.change(text_size_percent=float(SMALLEST + number % (LARGEST - SMALLEST)))
        history.add(replace(FULL_RUN, title=str(number)))
        say("kept", number)
        latencies.save("webcam", "speakers", Measured(float(number % 300)), str(number))
        history.best_score(FULL_RUN.reference)
        if number % 10 == 9:
            history.export_csv(folders.data / "practice.csv")
    sys.exit("this never ends")


if __name__ == "__main__":
    practise()
