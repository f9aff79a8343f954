"""The report page in a real browser: it plays, scrubs, and asks nobody for anything."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.pose.joint_table import JOINTS
from coach.report.comparison_page import comparison_page
from tests.builders_browser import Browser
from tests.builders_comparison_page import (
    Clip,
    hostile_clip,
    nothing_compared,
)


@pytest.fixture(scope="module")
def clip() -> Clip:
    return hostile_clip()


@pytest.fixture(scope="module")
def page(clip: Clip) -> str:
    return comparison_page(*clip)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    opened = Browser(tmp_path_factory.mktemp("browser"))
    yield opened
    opened.close()


@pytest.fixture
def opened(browser: Browser, page: str, tmp_path: Path) -> Iterator[Browser]:
    """The page in a window; whatever a test does there, the console stays empty and the network unasked."""
    path = tmp_path / "report.html"
    path.write_text(page, encoding="utf-8")
    browser.complaints()
    browser.requests()
    browser.open(path)
    yield browser
    assert browser.complaints() == []
    asked = [address for address in browser.requests() if not address.startswith(("chrome:", "data:"))]
    assert asked == [path.as_uri()]


STAGE = "return document.getElementById('stage').toDataURL()"
NOW = "return Number(document.getElementById('scrubber').value)"


def test_it_plays(opened: Browser) -> None:
    before = opened.run(STAGE)
    start_ms = opened.run(NOW)
    opened.run("document.getElementById('play').click()")
    opened.until(f"return Number(document.getElementById('scrubber').value) > {start_ms} + 300")
    assert opened.run(STAGE) != before
    opened.run("document.getElementById('play').click()")
    held_ms = opened.run(NOW)
    assert opened.run("return document.getElementById('play').getAttribute('aria-pressed')") == "false"
    assert opened.run("return new Promise(done => setTimeout(() => done(1), 200))") == 1
    assert opened.run(NOW) == held_ms


def test_it_scrubs_and_shows_the_matching_moments(opened: Browser, clip: Clip) -> None:
    result = clip[0]
    teacher_s = 2.5
    opened.run(f"scrubber.value = {1000 * teacher_s}; scrubber.dispatchEvent(new Event('input'))")
    told = opened.run("return [...document.querySelectorAll('#now b')].map(one => one.textContent)")
    expected = (teacher_s, float(result.alignment.student_at(teacher_s)))
    for text, seconds in zip(told, expected, strict=True):
        minutes, rest = text.split(":")
        assert abs(60 * int(minutes) + float(rest) - seconds) <= 0.11


def test_a_click_on_the_heat_map_goes_there(opened: Browser) -> None:
    box = opened.run(
        "const field = document.getElementById('heat-field');"
        "field.scrollIntoView({block: 'center', behavior: 'instant'});"
        "const box = field.getBoundingClientRect(); return [box.left, box.top, box.width, box.height]"
    )
    opened.click(box[0] + 0.5 * box[2], box[1] + 3.5 * box[3] / len(JOINTS))
    share = opened.run("return (scrubber.value - scrubber.min) / (scrubber.max - scrubber.min)")
    assert share == pytest.approx(0.5, abs=0.02)
    assert opened.run("return document.getElementById('joint').selectedIndex") == 3
    opened.key("ArrowDown")
    assert opened.run("return document.getElementById('joint').selectedIndex") == 4


def test_the_keyboard_suffices(opened: Browser) -> None:
    opened.run("document.activeElement.blur()")
    opened.key("n")
    first = opened.run(NOW)
    opened.key("ArrowRight")
    assert opened.run(NOW) == pytest.approx(first + 100, abs=1)
    names = opened.run(
        "return [...document.querySelectorAll('button, input, select, a[href]')]"
        ".filter(one => !(one.textContent || one.getAttribute('aria-label') || one.labels?.length)).length"
    )
    assert names == 0


@pytest.mark.parametrize("width_px", [1280, 400])
def test_nothing_sticks_out_sideways(opened: Browser, width_px: int) -> None:
    opened.resize(width_px)
    opened.until(f"return document.documentElement.clientWidth === {width_px}")
    opened.settle()
    assert opened.run("return document.documentElement.scrollWidth") == width_px


def test_controls_do_not_move_while_it_plays(opened: Browser) -> None:
    place = "const box = document.getElementById('play').getBoundingClientRect(); return [box.top, box.left]"
    places = []
    for share in (0.0, 0.3, 0.6, 1.0):
        opened.run(
            f"scrubber.value = Number(scrubber.min) + {share} * (scrubber.max - scrubber.min);"
            "scrubber.dispatchEvent(new Event('input'))"
        )
        places.append(opened.run(place))
    assert all(one == places[0] for one in places)


def test_a_comparison_of_nothing_still_opens(browser: Browser, clip: Clip, tmp_path: Path) -> None:
    result, teacher, student = clip
    path = tmp_path / "empty.html"
    path.write_text(comparison_page(nothing_compared(result), teacher, student), encoding="utf-8")
    browser.complaints()
    browser.open(path)
    assert browser.run("return document.querySelector('.ring-number').textContent") == "–"
    assert browser.complaints() == []
