"""The library: references by name or path, helpful when there is none, and its command."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.app.library_command import ROUTINE, joint_seen_share, run_library
from coach.errors import CoachError, ReferenceFileError
from coach.pose.joint_table import JOINTS
from coach.storage import library
from coach.storage.folders import make_folder, user_folders
from coach.storage.library import list_references, new_reference_path, resolve, safe_name
from coach.storage.reference_hdf5 import write_reference
from tests.builders_pose import make_reference


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folders and a program's folder with one reference each, and one that both have."""
    monkeypatch.setenv("DANCE_COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(library, "BUILT_IN_REFERENCES", tmp_path / "program")
    for folder, names in (
        (user_folders().references, ("Waltz", "both")),
        (tmp_path / "program", ("first-steps", "both")),
    ):
        for name in names:
            reference = make_reference(6, name=name)
            if name == "first-steps":
                reference = replace(reference, info=replace(reference.info, source_kind=ROUTINE))
            write_reference(folder / f"{name}.h5", reference)
    return tmp_path


def test_by_name(home: Path) -> None:
    own, program = user_folders().references, home / "program"
    assert resolve("Waltz") == own / "Waltz.h5"
    assert resolve("first-steps") == program / "first-steps.h5"
    assert resolve("both") == own / "both.h5", "the user's own comes first"
    assert resolve("waltz") == own / "Waltz.h5"
    assert resolve("First Steps") == program / "first-steps.h5"


def test_new_references_go_beside_the_built_in_ones(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert new_reference_path("tango") == user_folders().references / "tango.h5", "a home was chosen"
    monkeypatch.delenv("DANCE_COACH_HOME")
    assert new_reference_path("tango") == home / "program" / "tango.h5"


def test_by_path(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = home / "program" / "first-steps.h5"
    assert resolve(str(path)) == path
    assert resolve(path) == path
    monkeypatch.chdir(home / "program")
    assert resolve("first-steps.h5") == Path("first-steps.h5")
    assert resolve("./first-steps.h5") == Path("first-steps.h5")
    with pytest.raises(ReferenceFileError, match=r"no such file.*library list"):
        resolve("second-steps.h5")


def test_names_that_differ_in_case_only(tmp_path: Path) -> None:
    for name in ("Salsa", "salsa"):
        (tmp_path / f"{name}.h5").touch()
    if len(list(tmp_path.iterdir())) == 2:
        assert resolve("salsa", [tmp_path]).stem == "salsa"
        assert resolve("Salsa", [tmp_path]).stem == "Salsa"
        with pytest.raises(ReferenceFileError):
            resolve("SALSA", [tmp_path])


@pytest.mark.usefixtures("home")
def test_an_unknown_name_helps() -> None:
    with pytest.raises(ReferenceFileError, match=r"frist-steps: there is no reference.*Did you mean first-steps\?"):
        resolve("frist-steps")
    with pytest.raises(ReferenceFileError, match=r"Known: Waltz, both, first-steps\..*record NAME"):
        resolve("tango")


def test_an_empty_library(tmp_path: Path) -> None:
    with pytest.raises(ReferenceFileError, match="none yet"):
        resolve("tango", [tmp_path, tmp_path / "missing"])
    assert list_references([tmp_path / "missing"]) == []


def test_the_list(home: Path) -> None:
    (home / "program" / "broken.h5").write_text("no")
    (home / "program" / ".hidden.h5").write_text("no")
    (home / "program" / "notes.txt").write_text("no")
    entries = list_references()
    assert [entry.name for entry in entries] == ["both", "broken", "first-steps", "Waltz"]
    both, broken, first_steps, _ = entries
    assert broken.summary is None
    assert broken.problem is not None
    assert "not an HDF5 file" in broken.problem
    assert both.summary is not None
    assert first_steps.summary is not None
    assert first_steps.summary.frame_count == 6
    assert first_steps.size_bytes == first_steps.path.stat().st_size


@pytest.mark.parametrize("name", ["waltz", "My dance 2", "2nd", "Grüße", "東京", "a-b_c", "e\u0301tude", "हिन्दी"])
def test_good_names(name: str, tmp_path: Path) -> None:
    path = new_reference_path(name, tmp_path)
    assert path.parent == tmp_path
    assert path.suffix == ".h5"
    path.touch()


BAD_NAMES = [
    "", " ", ".", "..", "-rf", "_x", ".hidden", "a/b", "a\\b", "../up", "a\0b", "a\nb", "con", "COM1", "nul", "x" * 61,
    "trailing ", " leading", "what?", "a:b", "a*b", "a.b", "\u202eevil", "\x1b[2J",
]  # fmt: skip


@pytest.mark.parametrize("name", BAD_NAMES)
def test_bad_names(name: str) -> None:
    with pytest.raises(ReferenceFileError) as caught:
        safe_name(name)
    assert "\n" not in str(caught.value)
    assert "\x1b" not in str(caught.value)


@given(st.text(max_size=80))
def test_a_name_never_leaves_its_folder(name: str) -> None:
    try:
        path = new_reference_path(name, Path("/library"))
    except ReferenceFileError:
        return
    assert path.parent == Path("/library")
    assert path.stem == safe_name(path.stem), "accepted once, accepted again"


def test_the_ending_may_be_typed(tmp_path: Path) -> None:
    assert new_reference_path("waltz.h5", tmp_path) == tmp_path / "waltz.h5"


# --- folders


def test_folders_below_the_users_choice(tmp_path: Path) -> None:
    folders = user_folders({"DANCE_COACH_HOME": str(tmp_path)})
    places = [folders.references, folders.recordings, folders.models, folders.voices, folders.kernels]
    places.append(folders.config)
    assert all(place.is_relative_to(tmp_path) for place in places)
    assert len(set(places)) == len(places)
    assert not any(tmp_path.iterdir()), "nothing is made before it is needed"


def test_folders_of_the_system() -> None:
    folders = user_folders({})
    assert len({folders.config, folders.cache, folders.data}) >= 2
    assert all("dance-coach" in str(place) for place in (folders.config, folders.cache, folders.data))


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(CoachError, match="DANCE_COACH_HOME"):
        make_folder(tmp_path / "file" / "below")


# --- the command


def run(action: str, *names: str) -> tuple[int, str]:
    out = io.StringIO()
    return run_library(action, names, out), out.getvalue()


def test_list_command(home: Path) -> None:
    (home / "program" / "broken.h5").write_text("no")
    code, text = run("list")
    lines = text.splitlines()
    assert code == 0
    assert lines[0].split() == ["NAME", "TITLE", "TEACHER", "LENGTH", "FRAMES", "SIZE", "MADE"]
    assert lines[2].startswith("first-steps  Test dance  A. Teacher  0:00    6")
    assert "comes with the program" in lines[2]
    assert "comes with the program" not in lines[1]
    assert lines[-1].startswith("broken: cannot be used: it is not a reference")


def test_list_command_with_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DANCE_COACH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(library, "BUILT_IN_REFERENCES", tmp_path / "program")
    for action in ("list", "show"):
        code, text = run(action)
        assert code == 0
        assert "record NAME" in text
    assert run("check")[0] == 0


def test_show_command(home: Path) -> None:
    reference = make_reference(10, missing=("left_wrist",), hidden=("right_ankle",))
    write_reference(user_folders().references / "hidden.h5", reference)
    code, text = run("show", "hidden")
    assert code == 0
    assert "10 frames, 30.0 a second" in text
    assert "0:00 - 0:00  first half" in text
    shares = {line.split()[0]: line.split()[1] for line in text.splitlines() if line.startswith("    ") and "%" in line}
    assert shares == {
        joint.name: "0%" if joint.name in ("left_elbow", "left_wrist", "right_knee", "right_ankle") else "100%"
        for joint in JOINTS
    }
    assert text.count("hard to judge") == 4
    with pytest.raises(ReferenceFileError):
        run("show", "tango")
    assert home.exists()


def test_seen_share_counts_frames() -> None:
    reference = make_reference(10)
    image = reference.track.image.copy()
    image[:4, 13] = (np.nan, np.nan, np.nan, 0.0)
    reference = replace(reference, track=replace(reference.track, image=image))
    shares = {joint.name: joint_seen_share(reference, joint) for joint in JOINTS}
    assert shares["left_elbow"] == shares["left_shoulder"] == shares["left_wrist"] == pytest.approx(0.6)
    assert shares["right_elbow"] == shares["trunk"] == 1.0


def test_check_command(home: Path) -> None:
    code, text = run("check")
    assert code == 0
    assert text.count("ok ") == 3
    path = home / "program" / "first-steps.h5"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    code, text = run("check")
    assert code == 1
    assert text.count("ok ") == 2
    assert f"BAD  {path}: it is damaged: its content is not what was saved. Take it from a backup" in text
    assert run("check", "Waltz")[0] == 0
    code, text = run("check", "Waltz", "tango")
    assert code == 1
    assert "no reference of this name" in text
