"""Words drawn ahead in the background while the window draws its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from coach.vision.text import TextStyle, render

WORDS, WHITE = "Left arm straighter 0123", (255, 255, 255)
STYLES = [TextStyle(size_px, weight) for size_px in (13, 17, 38, 56) for weight in (400, 600, 700)]
ROUNDS = 15


def test_words_look_the_same_whoever_else_draws() -> None:
    expected = [render(WORDS, style, WHITE) for style in STYLES]

    def different(first: int) -> int:
        order = [(first + 5 * step) % len(STYLES) for step in range(ROUNDS * len(STYLES))]
        return sum(not np.array_equal(render(WORDS, STYLES[index], WHITE), expected[index]) for index in order)

    with ThreadPoolExecutor(3) as executor:
        assert list(executor.map(different, range(3))) == [0, 0, 0]
