"""Films in place of a camera: what is said about their time."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from coach.app import practice
from coach.app.sources import ALONG_WITH_A_FILM
from tests.builders_runs import run


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--camera", "FILM", "--mode", "along"), True),
        (("--camera", "FILM", "--mode", "follow"), False),
        (("--camera", "FILM"), False),
        (("--camera", "0", "--mode", "along"), False),
        (("--camera", "gone.mp4", "--mode", "along"), False),
    ],
)
@pytest.mark.parametrize("command", [("practice", "first-steps"), ("--headless",)])
def test_along_with_a_film_is_told_what_it_means(
    command: tuple[str, ...],
    arguments: tuple[str, ...],
    told: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    film = tmp_path / "dance.mp4"
    film.touch()
    monkeypatch.setattr(practice, "Practising", Mock(return_value=Mock(run=lambda: 0)))
    assert run(*command, *(film if word == "FILM" else word for word in arguments)) == 0
    assert capsys.readouterr().err.splitlines() == ([ALONG_WITH_A_FILM] if told else [])


def test_the_studio_says_it_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    film = tmp_path / "dance.mp4"
    film.touch()
    monkeypatch.setattr("coach.app.studio.studio_run.open_window", Mock(side_effect=KeyboardInterrupt))
    assert run("--camera", film, "--mode", "along") == 130
    assert ALONG_WITH_A_FILM in capsys.readouterr().err.splitlines()
