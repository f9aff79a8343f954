"""The feedback in a language model's words, from an endpoint that the user named: the only use of a network there is.

Sent are the sentences of the feedback, which hold joints, times and degrees: no pictures, no landmarks, no names of
files or people. What comes back is believed only where it says the same (`coach.comparison.fact_check`).
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import os
import urllib.request
from dataclasses import replace
from typing import IO, Any, Final
from urllib.parse import urlsplit

from coach.clock import Clock
from coach.comparison.fact_check import bent_fact
from coach.comparison.result.findings import Feedback
from coach.devices.network_guard import tls_context, user_proxies
from coach.errors import CoachError
from coach.settings.phrasing import KEY_VARIABLE, PhrasingSettings

PATH: Final = "/chat/completions"
CHUNK_BYTES: Final = 8192
INSTRUCTION: Final = (
    "You are a warm, precise dance coach. The user gives you facts as a JSON object. Put each of its sentences into "
    "natural, encouraging words for the dancer, one sentence or two for each. Keep every number with its unit, every "
    "joint with its side, and every direction exactly as they stand; add no fact of your own. Answer with a JSON "
    "object of the same keys, lists as long as they were, and nothing else."
)


class PhrasingError(CoachError):
    """The model's words cannot be used."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """The facts and the key go to the address that the user named, to no other."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Not followed: the answer counts as a failure."""


def phrase(feedback: Feedback, settings: PhrasingSettings, clock: Clock) -> Feedback:
    """The same feedback in the model's words; what was not judged stays in ours.

    Raises
    ------
    PhrasingError
        No answer in time, an answer that cannot be understood, or one that bends a fact.
    """
    facts = facts_of(feedback)
    answer = _understood(_ask(facts, settings, clock))
    said = {key: _sentences(answer.get(key), facts[key], settings) for key in facts}
    for key, sentences in said.items():
        given = facts[key] if isinstance(facts[key], list) else [facts[key]]
        for sentence, fact in zip(sentences, given, strict=True):
            bent = bent_fact(sentence, fact)
            if bent is not None:
                raise PhrasingError(f"the language model's words do not keep to the facts ({bent})")
    return replace(
        feedback,
        headline=said["headline"][0],
        worst=tuple(said["worst"]),
        good=said["good"][0],
        timing=said["timing"][0],
    )


def facts_of(feedback: Feedback) -> dict[str, Any]:
    """All that is sent."""
    return {
        "headline": feedback.headline,
        "worst": list(feedback.worst),
        "good": feedback.good,
        "timing": feedback.timing,
    }


def _ask(facts: dict[str, Any], settings: PhrasingSettings, clock: Clock) -> bytes:
    until_s = clock.now_s() + settings.timeout_s
    try:
        with _opener(settings.url).open(_request(facts, settings), timeout=settings.timeout_s) as response:
            return _read(response, settings, clock, until_s)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise PhrasingError(f"no answer from the language model ({reason})") from error


def _request(facts: dict[str, Any], settings: PhrasingSettings) -> urllib.request.Request:
    address = settings.url.rstrip("/")
    body = {
        "model": settings.model,
        "messages": [
            {"role": "system", "content": INSTRUCTION},
            {"role": "user", "content": json.dumps(facts, ensure_ascii=False)},
        ],
    }
    headers = {"Content-Type": "application/json", "Accept": "application/json"}
    key = os.environ.get(KEY_VARIABLE, "").strip()
    if key:
        if not (key.isascii() and key.isprintable()):
            raise ValueError(f"{KEY_VARIABLE} holds characters that no key has")
        headers["Authorization"] = f"Bearer {key}"
    return urllib.request.Request(
        address if address.endswith(PATH) else address + PATH, json.dumps(body).encode(), headers, method="POST"
    )


def _opener(url: str) -> urllib.request.OpenerDirector:
    """With the user's own proxies, not the closed one that `network_guard` sets; none for this very computer."""
    host = urlsplit(url).hostname or ""
    proxies = user_proxies()
    if _is_this_computer(host) or urllib.request.proxy_bypass_environment(host, proxies):  # type: ignore[attr-defined]
        proxies = {}
    secure = urllib.request.HTTPSHandler(context=tls_context())
    return urllib.request.build_opener(urllib.request.ProxyHandler(proxies), secure, _NoRedirects)


def _is_this_computer(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _read(response: IO[bytes], settings: PhrasingSettings, clock: Clock, until_s: float) -> bytes:
    answer = b""
    while chunk := response.read1(CHUNK_BYTES):  # type: ignore[attr-defined]
        answer += chunk
        if len(answer) > settings.longest_answer_bytes:
            raise ValueError("it is too long")
        if clock.now_s() > until_s:
            raise TimeoutError("timed out")
    return answer


def _understood(answer: bytes) -> dict[str, Any]:
    """The JSON object in the first choice's message, which some models wrap into a code block."""
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
        found = json.loads(content[content.index("{") : content.rindex("}") + 1])
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise PhrasingError("the language model's answer cannot be understood") from error
    if not isinstance(found, dict):
        raise PhrasingError("the language model's answer cannot be understood")
    return found


def _sentences(said: Any, fact: str | list[str], settings: PhrasingSettings) -> list[str]:
    """As many short, plain sentences as there are facts."""
    sentences = said if isinstance(fact, list) else [said]
    count = len(fact) if isinstance(fact, list) else 1
    if not isinstance(sentences, list) or len(sentences) != count:
        raise PhrasingError("the language model's answer lacks a sentence")
    for sentence in sentences:
        usable = isinstance(sentence, str) and sentence.isprintable() and "://" not in sentence
        if not usable or len(sentence) > settings.longest_sentence_chars:
            raise PhrasingError("the language model's answer holds something that is no plain sentence")
    return [sentence.strip() for sentence in sentences]
