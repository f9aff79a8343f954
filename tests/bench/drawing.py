"""What drawing the screen costs: a dance as it goes on, and every single state of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from coach.devices.drawn_source import DrawnSource
from coach.routine.routine import first_steps_routine
from coach.settings.routine import DrawnSourceSettings
from coach.settings.ui import UiSettings
from coach.ui.practice_screen import PracticeScreen
from coach.ui.view import PracticeView, StatusNumbers
from coach.ui.window import Window
from tests.bench.figures import Row, Samples, middle
from tests.builders_ui import make_state, practice_views

HD_PX, FULL_HD_PX = (1280, 720), (1920, 1080)
WINDOWS_PX = (HD_PX, FULL_HD_PX)
DANCES = (("following", HD_PX), ("ghost", HD_PX), ("following", FULL_HD_PX))
"""Which screen, and the size of the camera's pictures."""

PICTURES = 40
STILL_DRAWS = 12


def measure_drawing(draws: int) -> list[Row]:
    """All of it, at both window sizes.

    Parameters
    ----------
    draws : int
        Pictures of each dance; the first ten are not counted.
    """
    rows = []
    for size_px in WINDOWS_PX:
        title = f"Drawing {size_px[0]}x{size_px[1]}"
        for name, camera_px in DANCES:
            samples = _drawn(size_px, dancing_views(practice_views()[name], draws, camera_px), skip=10)
            note = "budget: 8 ms" if size_px == HD_PX else ""
            rows.append(samples.row(title, f"a dance, {name}, {camera_px[1]} px camera", note))
        stills = {name: _drawn(size_px, _again(view), skip=3) for name, view in practice_views().items()}
        slowest = max(stills, key=lambda name: middle(stills[name].wall_ms) or 0.0)
        rows.append(stills[slowest].row(title, f"slowest still: {slowest}", f"of {len(stills)} states"))
        first = _drawn(size_px, iter([practice_views()["following"]]), skip=0)
        rows.append(first.row(title, "the very first picture"))
    return rows


def dancing_views(base: PracticeView, count: int, camera_px: tuple[int, int]) -> Iterator[PracticeView]:
    """``base`` with everything moving that moves in real life: picture, bodies, numbers, meters."""
    routine = first_steps_routine()
    source = DrawnSource(settings=DrawnSourceSettings(frame_size_px=camera_px))
    with source:
        frames = [frame for frame in (source.read(1.0) for _ in range(PICTURES)) if frame is not None]
        poses = [source.moment(frame.time_s).pose for frame in frames]
    state = base.state or make_state()
    for number in range(count):
        # Sixty draws a second, thirty pictures a second; there and back, so that no picture jumps.
        index = number // 2 % (2 * PICTURES - 2)
        index = min(index, 2 * PICTURES - 2 - index)
        now_s = number / 60.0
        energy = replace(state.energy, student=0.5 + index / PICTURES)
        score = replace(state.score, total=60.0 + index % 40)
        yield replace(
            base,
            bgr=frames[index].bgr,
            state=replace(state, pose=poses[index], timing_ms=8.0 * index - 200.0, energy=energy, score=score),
            teacher=routine.truth(frames[index].time_s),
            now_s=now_s,
            music_s=frames[index].time_s,
            caption=replace(base.caption, shown_s=now_s - number % 150 / 60.0) if base.caption is not None else None,
            praise=replace(base.praise, shown_s=now_s - number % 90 / 60.0) if base.praise is not None else None,
            status=StatusNumbers(29.0 + number % 20 / 10.0, 58.0 + number % 30 / 10.0, 20.0 + number % 9, number // 97),
        )


def _again(view: PracticeView) -> Iterator[PracticeView]:
    for number in range(STILL_DRAWS):
        yield replace(view, now_s=view.now_s + number / 60.0)


def _drawn(size_px: tuple[int, int], views: Iterator[PracticeView], skip: int) -> Samples:
    settings = UiSettings()
    window = Window(settings.window, size_px, headless=True)
    screen = PracticeScreen(settings)
    samples = Samples()
    for number, view in enumerate(views):
        one = Samples()
        with one.timed():
            screen.draw(window.surface, view)
            window.present()
        if number >= skip:
            samples.add(one.wall_ms[0], one.cpu_ms[0])
    window.close()
    return samples
