"""A progress bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from typing import TextIO

from coach.clock import Clock, clock_text

BAR_WIDTH = 28
REDRAW_INTERVAL_S = 0.1
LINE_INTERVAL_S = 5.0
"""Where there is no terminal, one line at most so often."""


class ProgressBar:
    """Shows how far a long piece of work is, and how long it will still take.

    Parameters
    ----------
    label : str
        What is being done: "Reading the video".
    stream : text stream
        Usually stderr; a terminal gets a bar that redraws itself, anything else plain lines.
    """

    def __init__(self, label: str, stream: TextIO, clock: Clock) -> None:
        self._label, self._stream, self._clock = label, stream, clock
        self._terminal = stream.isatty()
        self._started_s = clock.now_s()
        self._shown_s: float | None = None
        self._open = False

    def update(self, share: float | None) -> None:
        """Show ``share`` (0..1) of the work as done; None where the end is not known."""
        now_s = self._clock.now_s()
        interval_s = REDRAW_INTERVAL_S if self._terminal else LINE_INTERVAL_S
        if self._shown_s is not None and now_s - self._shown_s < interval_s:
            return
        self._shown_s = now_s
        self._write(self._text(share, now_s - self._started_s))

    def finish(self) -> None:
        """Leave the last state on the screen and go on below it; harmless when called again."""
        if self._open:
            if self._terminal:
                self._stream.write("\n")
                self._stream.flush()
            self._open = False

    def _text(self, share: float | None, elapsed_s: float) -> str:
        if share is None:
            return f"{self._label} ... {elapsed_s:.0f} s"
        share = min(max(share, 0.0), 1.0)
        left = f", {clock_text(elapsed_s / share - elapsed_s)} left" if share > 0 and elapsed_s >= 1 else ""
        if not self._terminal:
            return f"{self._label}: {share:.0%}{left}"
        filled = round(BAR_WIDTH * share)
        return f"{self._label} [{'#' * filled}{'.' * (BAR_WIDTH - filled)}] {share:4.0%}{left}"

    def _write(self, text: str) -> None:
        self._stream.write(f"\r\x1b[K{text}" if self._terminal else f"{text}\n")
        self._stream.flush()
        self._open = True
