"""A real browser for tests: headless Chromium, driven over the W3C WebDriver protocol with nothing but JSON."""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

START_TIMEOUT_S = 20.0
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-default-apps", "--hide-scrollbars",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


class Browser:
    """One window; everything that its pages log or ask the network for is kept."""

    def __init__(self, profile: Path, width_px: int = 1280, height_px: int = 900) -> None:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
        driver = shutil.which("chromedriver")
        if chromium is None or driver is None:
            pytest.skip("no Chromium with chromedriver here: the page is not opened in a browser")
        port = _free_port()
        self._driver = subprocess.Popen([driver, f"--port={port}", "--silent"], stderr=subprocess.DEVNULL)
        self._base = f"http://127.0.0.1:{port}"
        try:
            self._wait()
            arguments = [*FLAGS, f"--user-data-dir={profile}", f"--window-size={width_px},{height_px}"]
            session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {
                "goog:chromeOptions": {"binary": chromium, "args": arguments},
                "goog:loggingPrefs": {"browser": "ALL", "performance": "ALL"},
            }}})  # fmt: skip
            self._base += f"/session/{session['sessionId']}"
        except BaseException:
            self._stop()
            raise

    def resize(self, width_px: int, height_px: int = 900) -> None:
        """Make the window so large, also narrower than windows of a desktop can be."""
        metrics = {"width": width_px, "height": height_px, "deviceScaleFactor": 1, "mobile": False}
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)

    def settle(self) -> None:
        """Wait until the page has been painted: only then have its observers of sizes drawn anew what changed."""
        self.run("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))")

    def open(self, path: Path, *, dark: bool = False, width_px: int = 1280, height_px: int = 900) -> None:
        """Load a file."""
        self.resize(width_px, height_px)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.devtools("Emulation.setEmulatedMedia", {"features": [scheme]})
        self._call("POST", "/url", {"url": path.as_uri()})

    def run(self, script: str) -> Any:
        """Run JavaScript; the value of its ``return``."""
        return self._call("POST", "/execute/sync", {"script": script, "args": []})

    def until(self, script: str, timeout_s: float = 10.0) -> Any:
        """Run until it returns something true."""
        end = time.monotonic() + timeout_s
        while not (value := self.run(script)):
            assert time.monotonic() < end, f"never came true: {script}"
            time.sleep(0.05)
        return value

    def devtools(self, command: str, parameters: dict[str, Any]) -> Any:
        """One command of the DevTools protocol."""
        return self._call("POST", "/goog/cdp/execute", {"cmd": command, "params": parameters})

    def key(self, key: str) -> None:
        """Press and release a key where the focus is."""
        for kind in ("keyDown", "keyUp"):
            self.devtools("Input.dispatchKeyEvent", {"type": kind, "key": key, "code": key})

    def click(self, x: float, y: float) -> None:
        """Press and release the mouse at a place of the window."""
        for kind in ("mousePressed", "mouseReleased"):
            where = {"type": kind, "x": x, "y": y, "button": "left", "buttons": 1, "clickCount": 1}
            self.devtools("Input.dispatchMouseEvent", where)

    def complaints(self) -> list[str]:
        """What the console got since the last call: errors, warnings, refused content."""
        return [entry["message"] for entry in self._call("POST", "/se/log", {"type": "browser"})]

    def requests(self) -> list[str]:
        """Addresses that were asked for since the last call."""
        entries = self._call("POST", "/se/log", {"type": "performance"})
        messages = [json.loads(entry["message"])["message"] for entry in entries]
        return [one["params"]["request"]["url"] for one in messages if one["method"] == "Network.requestWillBeSent"]

    def screenshot(self, path: Path, *, whole: bool = False) -> None:
        """Save what the window shows, or the whole page."""
        options = {"format": "png", "captureBeyondViewport": whole, **self._clip(whole)}
        found = self.devtools("Page.captureScreenshot", options)
        path.write_bytes(base64.b64decode(found["data"]))

    def _clip(self, whole: bool) -> dict[str, Any]:
        if not whole:
            return {}
        size = self.devtools("Page.getLayoutMetrics", {})["cssContentSize"]
        return {"clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}

    def close(self) -> None:
        """End the browser and its driver."""
        try:
            self._call("DELETE", "", None)
        finally:
            self._stop()

    def _stop(self) -> None:
        self._driver.terminate()
        try:
            self._driver.wait(10)
        except subprocess.TimeoutExpired:
            self._driver.kill()
            self._driver.wait(10)

    def _wait(self) -> None:
        end = time.monotonic() + START_TIMEOUT_S
        while True:
            try:
                if self._call("GET", "/status", None)["ready"]:
                    return
            except (urllib.error.URLError, ConnectionError):
                pass
            assert time.monotonic() < end, "chromedriver does not answer"
            time.sleep(0.05)

    def _call(self, method: str, path: str, body: Any) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data, {"Content-Type": "application/json"}, method=method)
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
