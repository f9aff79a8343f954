"""What the cards of the home screen know of each dance."""

from __future__ import annotations

import numpy as np
import pytest

from coach.app.studio.dance_shelf import DanceShelf
from coach.settings.home import HomeSettings
from coach.settings.ui import UiSettings
from coach.storage.library import LibraryEntry
from coach.ui.home_view import Entry
from tests.builders_home import ENTRIES, Home
from tests.builders_menus import Memory, entry, make_context, make_shelf, run


def test_cards_tell_what_is_known() -> None:
    memory = Memory([
        run("first", 64.0, "2026-03-01T10:00:00+00:00"), run("first", 88.6, "2026-03-08T10:00:00+00:00"),
        run("second", None, "2026-03-10T09:00:00+00:00"),
    ])  # fmt: skip
    shelf = make_shelf(ENTRIES, memory)
    assert shelf.cards is None
    shelf.look()
    first, second, broken = shelf.cards or ()
    assert (first.title, first.teacher, first.best_score, first.days_ago) == ("First steps", "Mara", 88.6, 2)
    assert (second.best_score, second.days_ago) == (None, 0)
    assert first.difficulty in range(1, 6)
    assert first.still is not None
    assert broken.problem == "it is empty"
    assert broken.still is None


def test_what_cannot_be_danced_comes_last() -> None:
    shelf = make_shelf([entry("a", problem="it is empty"), entry("b"), entry("c", problem="it is torn"), entry("d")])
    shelf.look()
    assert [card.name for card in shelf.cards or ()] == ["b", "d", "a", "c"]


def test_a_missing_camera_is_told_once_and_leaves_the_keys_their_line() -> None:
    context = make_context()
    context.notices[:] = ["camera 0: no camera was found", "No sound device opens"]
    home = Home(make_shelf(ENTRIES), context, camera_trouble=lambda: "camera 0: no camera was found")
    view = home.scene.view(0.0)
    assert view.notices == ("No sound device opens",)
    assert view.cards[0].choice is Entry.DEMO


def test_a_file_that_is_torn_inside_tells_so_once_it_is_read() -> None:
    shelf = make_shelf([entry("torn"), entry("good")])
    shelf.look()
    torn, good = shelf.cards or ()
    assert torn.problem == "it is cut short"
    assert good.problem is None


def test_only_a_few_dances_are_kept_and_the_chosen_one_moves() -> None:
    shelf = make_shelf([entry(f"n{index}") for index in range(9)])
    shelf.look()
    assert all(card.still is not None for card in shelf.cards or ())
    assert shelf.dance("n8") is None
    shelf.load_chosen()
    dance = shelf.dance("n8")
    assert dance is not None
    poses = [dance.figure_at(time_s).pose.image for time_s in (0.0, 0.5, 3.5)]
    assert not np.array_equal(poses[0], poses[1])
    assert len(shelf._dances) == 3


def test_a_second_look_keeps_the_figures_and_takes_new_scores() -> None:
    memory = Memory()
    shelf = make_shelf(ENTRIES, memory)
    shelf.look()
    still = (shelf.cards or ())[0].still
    memory.add(run("first", 77.0, "2026-03-10T10:00:00+00:00"))
    shelf._read = lambda path: pytest.fail("read again")  # type: ignore[assignment]
    shelf.look()
    assert (shelf.cards or ())[0].still is still
    assert (shelf.cards or ())[0].best_score == 77.0


def test_a_library_that_cannot_be_listed_is_told_on_the_screen() -> None:
    def broken() -> list[LibraryEntry]:
        raise OSError("disk gone")

    shelf = DanceShelf(broken, Memory(), HomeSettings(), UiSettings().body)
    assert shelf.trouble is None
    shelf.open()
    assert shelf._worker is not None
    shelf._worker.join(5.0)
    assert "disk gone" in (shelf.trouble or "")
    home = Home(make_shelf(ENTRIES))
    home.scene._shelf = shelf
    assert any("disk gone" in notice for notice in home.scene.view(0.0).notices)


def test_it_looks_in_the_background_and_stops() -> None:
    shelf = make_shelf(ENTRIES)
    shelf.open()
    worker = shelf._worker
    assert worker is not None
    for _ in range(200):
        if shelf.cards is not None and shelf.cards[1].still is not None:
            break
        worker.wait_s(0.02)
    assert shelf.cards is not None
    shelf.close()
    worker.join(5.0)
    assert not worker.alive
