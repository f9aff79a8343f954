"""What was cut short finds its place: references and further takes, and plain words where there is nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from coach.app.options import RecordOptions
from coach.app.recording.destination import destination_of, taken_path
from coach.app.recording.recovering import RECORD, recover_recording, save_journal, say_how_to_recover
from coach.app.recording.saving import OtherDanceError
from coach.errors import CoachError, ReferenceFileError
from coach.pose.observation import Observation
from coach.pose.offline import build_reference
from coach.pose.reference import Audio, Reference, ReferenceInfo
from coach.settings.storage import ReferenceFileSettings
from coach.storage.folders import HOME_VARIABLE, user_folders
from coach.storage.journal_records import JournalHeader, pack_header, unpack_header
from coach.storage.recording_journal import JournalWriter, find_unfinished
from coach.storage.reference_hdf5 import read_reference, write_reference
from tests.builders_runs import run
from tests.builders_session import clean, observed, student_times, with_mistake

END_S = 6.0
INFO = ReferenceInfo("waltz", "Walzer für zwei", teacher="Mara", source_kind="camera")


def danced(start_s: float = 0.0, mistake: str | None = None) -> list[Observation]:
    script = clean() if mistake is None else with_mistake(mistake, 0.0)
    return observed(script, student_times(start_s, start_s + END_S), start_s)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    return tmp_path / "data" / "references"


@pytest.fixture
def waltz(home: Path) -> Path:
    path = home / "waltz.h5"
    write_reference(path, build_reference(INFO, danced()))
    return path


def cut_short(observations: list[Observation], *, name: str = "waltz", take_of: Path | None = None) -> Path:
    """A journal that nobody closed."""
    size_px = observations[0].pose.frame_size_px
    header = JournalHeader(replace(INFO, name=name), size_px, None, None if take_of is None else str(take_of))
    writer = JournalWriter(user_folders().recordings, header)
    for observation in observations:
        writer.append(observation)
    writer._closed.set()
    writer._file.close()
    return writer.path


def left() -> list[str]:
    return [entry.header.info.name for entry in find_unfinished(user_folders().recordings)]


def refused(options: RecordOptions) -> str:
    with pytest.raises(CoachError) as caught:
        recover_recording(options)
    assert "\n" not in str(caught.value)
    return str(caught.value)


RECOVER = RecordOptions("waltz", recover=True)


# -- nothing to recover
def test_with_nothing_to_recover_it_says_so_and_what_to_do(home: Path) -> None:
    said = refused(RECOVER)
    assert said.startswith("waltz: there is nothing to recover")
    assert said.endswith(f"Record it with: {RECORD} waltz")
    assert refused(replace(RECOVER, name="my waltz")).endswith(f"{RECORD} 'my waltz'")


def test_with_nothing_to_recover_an_existing_reference_is_no_reason_to_replace_it(waltz: Path) -> None:
    before = waltz.read_bytes()
    for options in (RECOVER, replace(RECOVER, replace=True), replace(RECOVER, is_take=True)):
        said = refused(options)
        assert "nothing to recover" in said
        assert "--replace" not in said
        assert said.endswith("practice waltz")
    assert waltz.read_bytes() == before


def test_recordings_of_other_names_are_named(waltz: Path) -> None:
    cut_short(danced(), name="salsa")
    assert "Cut short was: salsa" in refused(RECOVER)
    cut_short(danced(), name="tango")
    assert "Cut short were: salsa, tango" in refused(RECOVER)


def test_a_file_of_its_own_is_named_by_its_path(tmp_path: Path) -> None:
    out = tmp_path / "ball.h5"
    assert refused(replace(RECOVER, out=out)).startswith("ball: there is nothing to recover")
    write_reference(out, build_reference(INFO, danced()))
    assert refused(replace(RECOVER, out=out)).endswith(f"practice {out}")


# -- a reference
def test_what_was_cut_short_becomes_the_reference(home: Path) -> None:
    journal = cut_short(danced())
    assert recover_recording(replace(RECOVER, name="Waltz")) == 0
    assert read_reference(home / "Waltz.h5").duration_s > 5.0
    assert not journal.exists()


def test_over_an_older_reference_only_on_request(waltz: Path) -> None:
    journal, before = cut_short(danced(1.0)), waltz.read_bytes()
    assert "--replace" in refused(RECOVER)
    assert journal.exists()
    assert waltz.read_bytes() == before
    assert recover_recording(replace(RECOVER, replace=True)) == 0
    assert waltz.read_bytes() != before
    assert left() == []


# -- a further take
def takes_of(path: Path) -> tuple[Reference, ...]:
    return read_reference(path).takes


def test_a_take_that_was_cut_short_is_added(waltz: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = read_reference(waltz)
    cut_short(danced(mistake="bent-arm"), take_of=waltz)
    assert recover_recording(RECOVER) == 0, "nobody has to say again that it is a take"
    assert len(takes_of(waltz)) == 1
    assert (read_reference(waltz).track.image == before.track.image).all()
    assert "take 2" in capsys.readouterr().err
    assert left() == []


def test_the_newest_is_recovered_first_whatever_it_is(waltz: Path) -> None:
    cut_short(danced(), take_of=waltz)
    cut_short(danced(), take_of=waltz)
    assert recover_recording(RECOVER) == 0
    assert left() == ["waltz"]
    assert recover_recording(RECOVER) == 0
    assert len(takes_of(waltz)) == 2


def test_what_was_meant_as_a_reference_can_become_a_take(waltz: Path) -> None:
    cut_short(danced())
    assert recover_recording(replace(RECOVER, is_take=True)) == 0
    assert len(takes_of(waltz)) == 1


def test_another_dance_is_no_take_and_nothing_is_lost(waltz: Path, tmp_path: Path) -> None:
    cut_short(danced(12.0), take_of=waltz)
    with pytest.raises(OtherDanceError) as caught:
        recover_recording(RECOVER)
    assert f"{RECORD} waltz --recover --out FILE.h5" in str(caught.value)
    assert takes_of(waltz) == ()
    assert left() == ["waltz"]
    out = tmp_path / "other.h5"
    assert recover_recording(replace(RECOVER, out=out)) == 0
    assert read_reference(out).info.name == "other"
    assert left() == []


def test_a_take_whose_reference_is_gone_is_kept(waltz: Path, tmp_path: Path) -> None:
    cut_short(danced(), take_of=waltz)
    waltz.unlink()
    assert "is gone" in refused(RECOVER)
    assert left() == ["waltz"]
    assert recover_recording(replace(RECOVER, out=tmp_path / "waltz.h5")) == 0


def test_a_full_disk_leaves_the_take_to_be_recovered(waltz: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = cut_short(danced(), take_of=waltz)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("coach.storage.reference_hdf5.write_atomically", full)
        with pytest.raises(ReferenceFileError, match="no space left"):
            save_journal(journal, destination_of(RecordOptions("waltz", is_take=True)))
    assert takes_of(waltz) == ()
    assert recover_recording(RECOVER) == 0


def test_how_to_recover_is_said_only_where_there_is_something(waltz: Path, capsys: pytest.CaptureFixture[str]) -> None:
    say_how_to_recover(RecordOptions("waltz"))
    assert capsys.readouterr().err == ""
    cut_short(danced(), name="ball room")
    say_how_to_recover(RecordOptions("ball room", out=Path("a b/ball room.h5")))
    said = capsys.readouterr().err
    assert said == f"What was recorded is kept. Save it with: {RECORD} 'ball room' --recover --out 'a b/ball room.h5'\n"


# -- before anything is danced
def test_what_gets_a_take_must_be_there_and_ones_own(waltz: Path, tmp_path: Path) -> None:
    assert destination_of(RecordOptions("Waltz", is_take=True)).path == waltz
    assert taken_path(str(waltz)) == waltz
    with pytest.raises(ReferenceFileError, match="Did you mean waltz"):
        destination_of(RecordOptions("walz", is_take=True))
    with pytest.raises(ReferenceFileError, match="comes with the program"):
        destination_of(RecordOptions("first-steps", is_take=True))


def test_a_reference_recorded_beside_the_programs_own_may_have_takes(
    waltz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where new references go in a copy of the program that one may write to."""
    monkeypatch.setattr("coach.storage.library.BUILT_IN_REFERENCES", waltz.parent)
    assert taken_path("waltz") == waltz


def test_more_takes_than_a_file_may_hold_are_refused_before_they_are_danced(
    waltz: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.app.recording.destination.SETTINGS", ReferenceFileSettings(max_take_count=1))
    cut_short(danced(), take_of=waltz)
    assert recover_recording(RECOVER) == 0
    with pytest.raises(ReferenceFileError, match="1 further takes already"):
        destination_of(RecordOptions("waltz", is_take=True))


@pytest.mark.parametrize(
    "more", [("--out", "x.h5"), ("--replace",), ("--title", "Waltz"), ("--music", "song.mp3")], ids=" ".join
)
def test_a_take_brings_nothing_of_its_own(more: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run("record", "waltz", "--take", *more) == 2
    assert "--take adds to a reference that there is" in capsys.readouterr().err


def test_the_journal_knows_what_it_is_a_take_of() -> None:
    header = JournalHeader(INFO, (640, 480), None, "/references/waltz.h5")
    assert unpack_header(pack_header(header)) == header
    older = pack_header(replace(header, take_of=None)).replace(b', "take_of": null', b"")
    assert unpack_header(older).take_of is None


def test_the_sound_of_what_was_cut_short_ends_with_the_dance(home: Path) -> None:
    observations = danced()
    writer = JournalWriter(user_folders().recordings, JournalHeader(INFO, observations[0].pose.frame_size_px))
    writer.append_audio(Audio(np.zeros(8000 * 30, np.int16), 8000))
    for observation in observations:
        writer.append(observation)
    writer.close()
    assert recover_recording(RECOVER) == 0
    audio = read_reference(home / "waltz.h5").audio
    assert audio is not None
    assert audio.duration_s == pytest.approx(END_S + 0.5, abs=0.1)
