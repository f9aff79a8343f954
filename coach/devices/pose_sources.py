"""Where pose models come from: MediaPipe's model store, or the networks inside its older packages."""

from __future__ import annotations

import shutil
import sys
import tarfile
import urllib.error
import urllib.request
import zipfile
import zlib
from collections.abc import Callable, Sequence
from http.client import HTTPException
from pathlib import Path
from typing import IO, Final

from coach.devices.model_source import ModelSource, PoseModelKind, Progress, SourceError
from coach.devices.network_guard import tls_context, user_proxies
from coach.devices.pose_bundle import build_bundle, sha256_of
from coach.devices.watched_command import CommandError, run_watched
from coach.settings.sensing import DownloadSettings

MODEL_STORE_URL: Final = (
    "https://storage.googleapis.com/mediapipe-models/pose_landmarker/"
    "pose_landmarker_{kind}/float16/1/pose_landmarker_{kind}.task"
)
WHEEL: Final = "mediapipe==0.10.21"
NPM_PACKAGE: Final = "@mediapipe/pose@0.5.1675469404"

DETECTOR_SHA256: Final = {
    "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c",  # in the wheel
    "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",  # in the npm package, packed otherwise
}
LANDMARKS_SHA256: Final = {
    PoseModelKind.LITE: "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
    PoseModelKind.FULL: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
    PoseModelKind.HEAVY: "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
}

_WHEEL_BYTES: Final = 35_627_340
_WHEEL_PYTHON: Final = ("3.12", "manylinux_2_28_x86_64")
"""The wheel serves as an archive only, so one that exists is taken, whatever this computer's Python and system are."""
_WHEEL_DETECTOR: Final = "mediapipe/modules/pose_detection/pose_detection.tflite"
_WHEEL_LANDMARKS: Final = "mediapipe/modules/pose_landmark/pose_landmark_full.tflite"
_NPM_BYTES: Final = 40_985_403
_NPM_DETECTOR: Final = "package/pose_solution_packed_assets.data"
_NPM_LANDMARKS: Final = "package/pose_landmark_{kind}.tflite"
_BLOCK_BYTES: Final = 1 << 18


def default_sources(settings: DownloadSettings | None = None) -> Sequence[ModelSource]:
    """Every source, in the order in which they are tried."""
    settings = DownloadSettings() if settings is None else settings
    return ModelStore(settings), PipWheel(settings), NpmPackage(settings)


class ModelStore(ModelSource):
    """The official bundles."""

    name = "MediaPipe's model store"

    def __init__(self, settings: DownloadSettings, url: str = MODEL_STORE_URL) -> None:
        self._settings = settings
        self._url = url

    def offers(self, kind: PoseModelKind) -> bool:
        """All of them."""
        return True

    def fetch(self, kind: PoseModelKind, work_folder: Path, progress: Progress) -> dict[PoseModelKind, Path]:
        """Download the bundle."""
        place = work_folder / kind.file_name
        opener = urllib.request.build_opener(
            urllib.request.ProxyHandler(user_proxies()), urllib.request.HTTPSHandler(context=tls_context())
        )
        try:
            with (
                opener.open(self._url.format(kind=kind.value), timeout=self._settings.connect_timeout_s) as answer,
                place.open("wb") as file,
            ):
                expected = int(answer.headers.get("Content-Length") or 0)
                self._copy(answer, file, expected, lambda share: progress(_label(kind), share))
        except (OSError, ValueError, HTTPException) as error:
            raise SourceError(f"not reached ({_reason(error)})") from error
        return {kind: place}

    def _copy(self, answer: IO[bytes], file: IO[bytes], expected: int, tell: Callable[[float], None]) -> None:
        done = 0
        while block := answer.read(_BLOCK_BYTES):
            done += len(block)
            if done > self._settings.max_download_bytes:
                raise ValueError("the file is far too large")
            file.write(block)
            tell(min(1.0, done / expected) if expected else 0.0)
        if expected and done != expected:
            raise ValueError("the download broke off")


class PipWheel(ModelSource):
    """The full model out of an older MediaPipe wheel."""

    name = "pip"

    def __init__(self, settings: DownloadSettings) -> None:
        self._settings = settings

    def offers(self, kind: PoseModelKind) -> bool:
        """Only the full model is in the wheel."""
        return kind is PoseModelKind.FULL

    def fetch(self, kind: PoseModelKind, work_folder: Path, progress: Progress) -> dict[PoseModelKind, Path]:
        """Have pip download the wheel, and build the bundle from the networks in it."""
        python_version, platform = _WHEEL_PYTHON
        command = [sys.executable, "-m", "pip", "download", WHEEL, "--no-deps", "--only-binary=:all:"]
        command += ["--python-version", python_version, "--implementation", "cp", "--platform", platform]
        command += ["--dest", str(work_folder), "--progress-bar", "off", "--no-input", "--disable-pip-version-check"]
        _download(command, work_folder, _WHEEL_BYTES, self._settings, lambda share: progress(_label(kind), share))
        try:
            with zipfile.ZipFile(_only_file(work_folder, "*.whl")) as archive:
                detector, landmarks = archive.read(_WHEEL_DETECTOR), archive.read(_WHEEL_LANDMARKS)
        except (zipfile.BadZipFile, zlib.error, KeyError) as error:
            raise SourceError("the downloaded package is damaged") from error
        return {kind: _built(work_folder, kind, detector, landmarks)}


class NpmPackage(ModelSource):
    """All three models out of MediaPipe's package for browsers."""

    name = "npm"

    def __init__(self, settings: DownloadSettings) -> None:
        self._settings = settings

    def offers(self, kind: PoseModelKind) -> bool:
        """All of them."""
        return True

    def fetch(self, kind: PoseModelKind, work_folder: Path, progress: Progress) -> dict[PoseModelKind, Path]:
        """Have npm download the package, and build the bundles of all models in it."""
        npm = shutil.which("npm")
        if npm is None:
            raise SourceError("is not installed")
        command = [npm, "pack", NPM_PACKAGE, "--silent", "--cache", str(work_folder / "npm-cache")]
        total = 2 * _NPM_BYTES  # once into its cache, once to its place
        _download(command, work_folder, total, self._settings, lambda share: progress(_label(kind), share))
        wanted = {each: _NPM_LANDMARKS.format(kind=each.value) for each in PoseModelKind}
        networks = _unpacked(_only_file(work_folder, "*.tgz"), {_NPM_DETECTOR, *wanted.values()})
        return {
            each: _built(work_folder, each, networks[_NPM_DETECTOR], networks[member])
            for each, member in wanted.items()
        }


def _download(
    command: list[str], work_folder: Path, total_bytes: int, settings: DownloadSettings, tell: Callable[[float], None]
) -> None:
    try:
        run_watched(command, work_folder, total_bytes, settings, tell)
    except CommandError as error:
        raise SourceError(str(error)) from error


def _only_file(folder: Path, pattern: str) -> Path:
    files = list(folder.glob(pattern))
    if len(files) != 1:
        raise SourceError("downloaded nothing")
    return files[0]


def _unpacked(package: Path, members: set[str]) -> dict[str, bytes]:
    """The wanted members of a .tgz file; its other content is not touched."""
    contents: dict[str, bytes] = {}
    try:
        with tarfile.open(package, "r:gz") as archive:
            for info in archive:
                if info.name in members and info.isfile():
                    file = archive.extractfile(info)
                    contents[info.name] = file.read() if file else b""
    except (tarfile.TarError, zlib.error, EOFError) as error:
        raise SourceError("the downloaded package is damaged") from error
    if contents.keys() != members:
        raise SourceError("the downloaded package lacks the networks")
    return contents


def _built(work_folder: Path, kind: PoseModelKind, detector: bytes, landmarks: bytes) -> Path:
    """Check the networks and write their bundle."""
    if sha256_of(detector) not in DETECTOR_SHA256 or sha256_of(landmarks) != LANDMARKS_SHA256[kind]:
        raise SourceError(f"the networks of the {kind.value} model are not the expected ones")
    place = work_folder / kind.file_name
    place.write_bytes(build_bundle(detector, landmarks))
    return place


def _label(kind: PoseModelKind) -> str:
    return f"Pose model ({kind.value})"


def _reason(error: Exception) -> str:
    """The cause in a few words, without the address."""
    if isinstance(error, urllib.error.HTTPError):
        return f"answer {error.code}"
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else str(cause)
    return (words or type(error).__name__).lower()
