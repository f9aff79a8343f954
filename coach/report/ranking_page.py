"""Several students against one teacher: a table as a page that opens offline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color:#1d2530;background:#fff}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{padding:.5rem .75rem;border-bottom:1px solid #d5dbe3;text-align:left}"
    "td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}a{color:#0b57a4}"
    "@media(prefers-color-scheme:dark){body{color:#e6ebf2;background:#12161c}th,td{border-color:#323b48}a{color:#8fc1ff}}"
)


@dataclass(frozen=True)
class RankedStudent:
    """One row: scores 0..100 or None; ``page`` is the report beside this page; ``problem`` says why there is none."""

    name: str
    total: float | None = None
    angles: float | None = None
    trajectory: float | None = None
    body: float | None = None
    judged_share: float | None = None
    page: str | None = None
    work_on: str = ""
    problem: str | None = None


def ranked(students: Sequence[RankedStudent]) -> list[RankedStudent]:
    """Best first; who could not be scored comes last, in the order of the names."""
    return sorted(students, key=lambda one: (one.total is None, -(one.total or 0.0), one.name))


def ranking_page(teacher: str, students: Sequence[RankedStudent]) -> str:
    """The page as text; no scripts, nothing from a network."""
    rows = "".join(_row(place, student) for place, student in enumerate(ranked(students), start=1))
    title = f"{escape(teacher)}: {len(students)} students"
    head = "".join(
        f'<th scope="col"{kind}>{name}</th>'
        for name, kind in (
            ("Place", ' class="number"'), ("Student", ""), ("Score", ' class="number"'), ("Angles", ' class="number"'),
            ("Path", ' class="number"'), ("Body", ' class="number"'), ("Judged", ' class="number"'), ("Work on", ""),
        )
    )  # fmt: skip
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></body></html>\n"
    )


def _row(place: int, student: RankedStudent) -> str:
    name = escape(student.name)
    if student.page is not None:
        name = f'<a href="{escape(student.page)}">{name}</a>'
    numbers = "".join(
        f'<td class="number">{"-" if value is None else f"{value:.0f}"}</td>'
        for value in (student.total, student.angles, student.trajectory, student.body)
    )
    judged = "-" if student.judged_share is None else f"{100 * student.judged_share:.0f} %"
    shown = "-" if student.total is None else str(place)
    return (
        f'<tr><td class="number">{shown}</td><td>{name}</td>{numbers}<td class="number">{judged}</td>'
        f"<td>{escape(student.problem or student.work_on)}</td></tr>"
    )
