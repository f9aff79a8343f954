"""The feedback in a language model's words: what is sent, what is believed, and that failures leave the plain words."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from coach.clock import SystemClock
from coach.comparison.result.findings import Feedback
from coach.devices.network_guard import block_network, unblock_network
from coach.devices.phrasing import PhrasingError, facts_of, phrase
from coach.errors import SettingsError
from coach.settings.phrasing import KEY_VARIABLE, PhrasingSettings
from coach.storage.reference_hdf5 import write_reference
from tests.builders_comparison import bent, dance
from tests.builders_runs import run

FEEDBACK = Feedback(
    worst=("0:14-0:16, left knee 30 degrees straighter than the teacher: bend your left knee more.",),
    good="12 of 14 hits were on the teacher's.",
    timing="Mostly late by 120 ms, about a quarter count: prepare each move sooner.",
    not_judged=("Right ankle: seen well enough only 40 % of the time.",),
    headline="Close to the teacher; work on the left knee first.",
)
PHRASED = {
    "headline": "You are close to the teacher; the left knee comes first.",
    "worst": ["From 0:14 to 0:16 your left knee is 30 degrees straighter than the teacher's: bend it more."],
    "good": "Lovely: 12 of 14 hits sat on the teacher's!",
    "timing": "You are mostly late by 120 ms, about a quarter count; prepare each move sooner.",
}
Answer = Callable[["_Handler", dict[str, Any]], None]


@dataclass
class Endpoint:
    url: str
    requests: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        server: Any = self.server
        server.endpoint.requests.append((self.path, dict(self.headers), body))
        server.answer(self, body)

    def reply(self, data: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def serving(answer: Answer) -> Iterator[Endpoint]:
    server: Any = HTTPServer(("127.0.0.1", 0), _Handler)
    server.answer, server.endpoint = answer, Endpoint(f"http://127.0.0.1:{server.server_port}/v1")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.endpoint
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def saying(content: Any) -> Answer:
    text = content if isinstance(content, str) else json.dumps(content)
    return lambda handler, _: handler.reply(json.dumps({"choices": [{"message": {"content": text}}]}).encode())


def asked(answer: Answer, **settings: Any) -> Feedback:
    with serving(answer) as endpoint:
        return phrase(FEEDBACK, PhrasingSettings(endpoint.url, **settings), SystemClock())


@pytest.mark.parametrize("wrap", ["{}", "```json\n{}\n```", "Here you are:\n{}"])
def test_the_models_words_are_taken(wrap: str) -> None:
    said = asked(saying(wrap.replace("{}", json.dumps(PHRASED))))
    assert facts_of(said) == PHRASED
    assert said.not_judged == FEEDBACK.not_judged


def test_only_the_facts_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEY_VARIABLE, "secret")
    with serving(saying(PHRASED)) as endpoint:
        phrase(FEEDBACK, PhrasingSettings(endpoint.url, model="small"), SystemClock())
        monkeypatch.delenv(KEY_VARIABLE)
        phrase(FEEDBACK, PhrasingSettings(endpoint.url + "/chat/completions"), SystemClock())
    (path, headers, body), (second_path, second_headers, _) = endpoint.requests
    assert path == second_path == "/v1/chat/completions"
    assert headers["Authorization"] == "Bearer secret"
    assert "Authorization" not in second_headers
    assert body.keys() == {"model", "messages"}
    assert body["model"] == "small"
    assert json.loads(body["messages"][1]["content"]) == facts_of(FEEDBACK)


def test_the_guard_against_the_pose_library_does_not_stand_in_the_way() -> None:
    block_network()
    try:
        assert asked(saying(PHRASED)).good == PHRASED["good"]
    finally:
        unblock_network()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (PHRASED | {"worst": ["Your left knee is 45 degrees straighter."]}, "number 45"),
        (PHRASED | {"worst": ["Your left elbow is 30 degrees straighter."]}, "left elbow"),
        (PHRASED | {"timing": "Mostly early by 120 ms."}, "early"),
        (PHRASED | {"worst": []}, "lacks a sentence"),
        (PHRASED | {"worst": "Your left knee"}, "lacks a sentence"),
        ({"headline": PHRASED["headline"]}, "lacks a sentence|no plain sentence"),
        (PHRASED | {"good": 12}, "no plain sentence"),
        (PHRASED | {"good": "12 of 14 \x1b[31mhits"}, "no plain sentence"),
        (PHRASED | {"good": "12 of 14 hits, see http://x.y"}, "no plain sentence"),
        (PHRASED | {"good": "12 of 14 hits" + "!" * 400}, "no plain sentence"),
        ("I would rather not.", "cannot be understood"),
        ("{" * 5000 + "}" * 5000, "cannot be understood"),
        ("", "cannot be understood"),
    ],
)
def test_words_that_bend_a_fact_are_refused(content: Any, reason: str) -> None:
    with pytest.raises(PhrasingError, match=reason):
        asked(saying(content))


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda handler, _: handler.reply(b"no", 401), "401"),
        (lambda handler, _: handler.reply(b"", 302, Location="http://127.0.0.1:9/elsewhere"), "302"),
        (lambda handler, _: handler.reply(b""), "cannot be understood"),
        (lambda handler, _: handler.reply(b"[]"), "cannot be understood"),
        (lambda handler, _: handler.reply(b"x" * 5000), "too long"),
        (lambda handler, _: threading.Event().wait(0.6), "time"),
    ],
)
def test_an_endpoint_that_fails_is_said_in_a_line(answer: Answer, reason: str) -> None:
    with pytest.raises(PhrasingError, match=reason) as caught:
        asked(answer, timeout_s=0.3, longest_answer_bytes=2000)
    assert "\n" not in str(caught.value)


def test_an_answer_that_trickles_ends_at_the_timeout() -> None:
    def trickle(handler: _Handler, _: dict[str, Any]) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            for _index in range(200):
                handler.wfile.write(b" ")
                threading.Event().wait(0.02)
        except OSError:
            pass

    with pytest.raises(PhrasingError, match="timed out"):
        asked(trickle, timeout_s=0.3)


def test_nobody_there() -> None:
    with serving(saying("")) as endpoint:
        pass
    with pytest.raises(PhrasingError, match="no answer"):
        phrase(FEEDBACK, PhrasingSettings(endpoint.url, timeout_s=2.0), SystemClock())


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:80",
        "ftp://a/b",
        "file:///etc/passwd",
        "http://",
        "http://a b",
        "http://me:pw@a",
        "http://a:99999",
    ],
)
def test_what_is_no_address_is_refused(url: str, tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        PhrasingSettings(url)
    assert run("compare", "first-steps", "first-steps", "--out", tmp_path, "--phrase-with", url) == 2


def echo(handler: _Handler, body: dict[str, Any]) -> None:
    """A model that says everything again, with a word before it."""
    facts = json.loads(body["messages"][1]["content"])
    facts["worst"] = [f"Look: {sentence}" for sentence in facts["worst"]]
    saying(facts)(handler, body)


def test_the_command_keeps_both_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_reference(tmp_path / "teacher.h5", dance(2.0, 8.0))
    write_reference(tmp_path / "ada.h5", bent(dance(2.0, 8.0), 80.0, ((1.0, 5.0),)))
    command = ["compare", tmp_path / "teacher.h5", tmp_path / "ada.h5", "--no-video", "--out", tmp_path]
    with serving(echo) as endpoint:
        assert run(*command, "--phrase-with", endpoint.url) == 0
    assert "ada" not in json.dumps(endpoint.requests[0][2])
    data = json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))
    assert data["phrased"]["worst"] == [f"Look: {words}" for words in data["feedback"]["worst"]]
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert 'straighter.</span><button type="button" class="show"' in page
    assert "Look: " in capsys.readouterr().out
    assert run(*command, "--phrase-with", endpoint.url) == 0
    said = capsys.readouterr()
    assert "Look: " not in said.out
    assert len([line for line in said.err.splitlines() if "The plain words stay" in line]) == 1
    assert json.loads((tmp_path / "result.json").read_text(encoding="utf-8"))["phrased"] is None
