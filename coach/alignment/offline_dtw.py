"""Which moment of the teacher belongs to which of the student, both clips known: subsequence time warping with path.

The best of all paths, not an approximation, in memory that is linear in the clips: a first pass finds where the best
path begins and ends, then it is halved again and again at the row where it crosses the middle (Hirschberg, "A linear
space algorithm for computing maximal common subsequences", CACM 1975; here with forward passes only, which carry the
place of the crossing along). Pieces that are small enough are solved with a table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.alignment.between_ticks import between_ticks
from coach.alignment.kernels import offline_rows
from coach.alignment.mismatch import MismatchRows, motions_of
from coach.alignment.tick_clock import on_regular_clock
from coach.pose.feature_vector import MOTION_ONLY
from coach.settings.alignment import AlignmentSettings

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

_TABLE_CELLS = 1_000_000
_OUT_OF_BAND = 1e3


@dataclass(frozen=True)
class OfflineAlignment:
    """A path through two clips.

    Attributes
    ----------
    student_s, teacher_s : ndarray [shape=(P,)], float64
        Matched times, both never falling; the steps of the path.
    mismatch : ndarray [shape=(P,)], float64
        How little the poses fit there (see `EvidenceSettings`).
    later_s : ndarray [shape=(P,)], float64
        How much later than ``teacher_s``, which steps from tick to tick, the poses fit best; less than a tick.
    """

    student_s: FloatArray
    teacher_s: FloatArray
    mismatch: FloatArray
    later_s: FloatArray

    def teacher_at(self, student_s: FloatArray) -> FloatArray:
        """Teacher time for each student time, between the ticks too; nan outside the matched part. Where the teacher
        passes while the student holds a pose, the middle."""
        times, first = np.unique(self.student_s, return_index=True)
        last = np.append(first[1:], len(self.student_s)) - 1
        fitting_s = self.teacher_s + self.later_s
        middles = 0.5 * (fitting_s[first] + fitting_s[last])
        matched: FloatArray = np.interp(student_s, times, middles, left=np.nan, right=np.nan)
        return matched


@dataclass(frozen=True)
class Band:
    """The path stays within ``half_width_s`` of ``student_s - teacher_s = offset_s`` (Sakoe and Chiba, 1978)."""

    offset_s: float
    half_width_s: float

    def in_ticks(self, start_s: float, tick_s: float) -> tuple[float, float]:
        """Row minus column, and half width, for clips whose starts differ by ``start_s``."""
        return (self.offset_s - start_s) / tick_s, self.half_width_s / tick_s


def align(
    teacher_features: FloatArray,
    teacher_time_s: FloatArray,
    student_features: FloatArray,
    student_time_s: FloatArray,
    settings: AlignmentSettings | None = None,
    band: Band | None = None,
) -> OfflineAlignment:
    """Match a whole student clip with the part of the teacher's that fits best.

    Parameters
    ----------
    teacher_features, student_features : ndarray [shape=(T, F)] and [shape=(N, F)], float64
        See `coach.pose.feature_vector`; nan where unseen.
    teacher_time_s, student_time_s : ndarray [shape=(T,)] and [shape=(N,)], float64
    settings : AlignmentSettings, optional
    band : Band, optional
        Where the path may run, if the offset is known.

    Returns
    -------
    OfflineAlignment
        What the student does before and after the dance is left out.
    """
    settings = settings or AlignmentSettings()
    tick_s = 1.0 / settings.offline.tick_fps
    teacher = on_regular_clock(teacher_features, teacher_time_s, tick_s)
    student = on_regular_clock(student_features, student_time_s, tick_s)
    ticks = None if band is None else band.in_ticks(float(student_time_s[0] - teacher_time_s[0]), tick_s)
    rows, columns, around = _Aligner(teacher, student, tick_s, settings, ticks).path()
    later = between_ticks(around, round(settings.offline.between_s / tick_s))
    return OfflineAlignment(
        student_time_s[0] + rows * tick_s, teacher_time_s[0] + columns * tick_s, around[:, 1], later * tick_s
    )


class _Aligner:
    """One alignment: the student's frames are rows, the teacher's columns."""

    def __init__(
        self,
        teacher: FloatArray,
        student: FloatArray,
        tick_s: float,
        settings: AlignmentSettings,
        band: tuple[float, float] | None = None,
    ) -> None:
        self._teacher, self._student, self._band = teacher, student.copy(), band
        self._tick_s, self._settings = tick_s, settings
        rows = MismatchRows(teacher, tick_s, settings.evidence)
        self._all_columns = rows
        self._lag = int(rows.lags.max())
        self._motions = motions_of(student, rows.lags)
        self._student[:, MOTION_ONLY] = np.nan

    def path(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Rows and columns of the best path's cells, in order, and the mismatch around each as (P, 3): in the column
        before, there, and in the column after (three times the cell's own at the first and last column)."""
        start, end = self._ends()
        cells = self._between(start, end)
        rows = np.array([row for row, _ in cells], dtype=np.int64)
        columns = np.array([column for _, column in cells], dtype=np.int64)
        around = np.empty((len(cells), 3))
        line = np.empty(self._all_columns.length)
        inner = (columns > 0) & (columns < len(line) - 1)
        beside = np.arange(-1, 2) * inner[:, None]
        for row in np.unique(rows):
            self._all_columns.fill(self._student[row], self._motions[row], line)
            of_row = rows == row
            around[of_row] = line[columns[of_row, None] + beside[of_row]]
        return rows, columns, around

    def _ends(self) -> tuple[tuple[int, int], tuple[int, int]]:
        offline = self._settings.offline
        length, count = self._all_columns.length, len(self._student)
        line, cost = np.empty(length), np.full(length, np.inf)
        start_row, start_column = np.zeros(length, dtype=np.int64), np.zeros(length, dtype=np.int64)
        least, start, end = np.inf, (0, 0), (0, 0)
        for row in range(count):
            self._all_columns.fill(self._student[row], self._motions[row], line)
            self._keep_band(row, 0, line)
            offline_rows.subsequence_row(
                row, offline.skip_price, offline.step_price, line, cost, start_row, start_column
            )
            column = int(np.argmin(cost))
            total = float(cost[column]) + offline.skip_price * (count - 1 - row)
            if total < least:
                least, end = total, (row, column)
                start = int(start_row[column]), int(start_column[column])
        return start, end

    def _keep_band(self, row: int, first_column: int, line: FloatArray) -> None:
        """Make the cells of ``line`` (from ``first_column`` on) that lie outside the band dear."""
        if self._band is not None:
            middle, reach = row - self._band[0] - first_column, self._band[1]
            line[: max(math.ceil(middle - reach), 0)] = _OUT_OF_BAND
            line[max(math.floor(middle + reach) + 1, 0) :] = _OUT_OF_BAND

    def _between(self, start: tuple[int, int], end: tuple[int, int]) -> list[tuple[int, int]]:
        """Cells of the best path from ``start`` to ``end``, both included."""
        pieces, done = [(start, end)], []
        while pieces:
            first, last = pieces.pop()
            rows, columns = last[0] - first[0] + 1, last[1] - first[1] + 1
            if rows <= 2 or rows * columns <= _TABLE_CELLS:
                done.extend(self._with_table(first, last))
                continue
            middle = first[0] + rows // 2 - 1
            leave, land = self._crossing(first, last, middle)
            pieces += [((middle + 1, land), last), (first, (middle, leave))]
        return done

    def _crossing(self, first: tuple[int, int], last: tuple[int, int], middle: int) -> tuple[int, int]:
        """Columns where the best path leaves row ``middle`` and reaches the next."""
        crossing = self._sweep(first, last, middle, None)
        leave = int(crossing) // 2 + first[1]
        return leave, leave + int(crossing) % 2

    def _with_table(self, first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
        rows, columns = last[0] - first[0] + 1, last[1] - first[1] + 1
        table = np.zeros((rows, columns), dtype=np.uint8)
        self._sweep(first, last, -1, table)
        row, column, cells = rows - 1, columns - 1, []
        while True:
            cells.append((row + first[0], column + first[1]))
            if row == 0 and column == 0:
                return cells[::-1]
            step = table[row, column]
            row, column = row - (step != 2), column - (step != 1)

    def _sweep(
        self, first: tuple[int, int], last: tuple[int, int], middle: int, table: NDArray[np.uint8] | None
    ) -> int:
        """All rows of a piece; returns the crossing of the path to its last cell."""
        before = max(0, first[1] - self._lag)
        columns = last[1] - first[1] + 1
        part = self._teacher[before : last[1] + 1]
        part = part if len(part) > 1 else np.vstack([part, part])
        rows = MismatchRows(part, self._tick_s, self._settings.evidence)
        line = np.empty(rows.length)
        wanted = line[first[1] - before : first[1] - before + columns]
        cost, crossing = np.full(columns, np.inf), np.zeros(columns, dtype=np.int64)
        steps = np.zeros(columns, dtype=np.uint8)
        for row in range(first[0], last[0] + 1):
            rows.fill(self._student[row], self._motions[row], line)
            self._keep_band(row, before, line)
            offline_rows.global_row(
                row == first[0],
                row == middle + 1,
                self._settings.offline.step_price,
                wanted,
                cost,
                crossing,
                steps if table is None else table[row - first[0]],
            )
        return int(crossing[-1])
