"""Nothing leaves the computer: watched from outside, by the calls that the operating system sees."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import textwrap
import urllib.request
from pathlib import Path

import pytest

from coach.devices import network_guard
from coach.devices.network_guard import DEAD_PROXY, block_network, is_blocked, unblock_network
from tests.builders_sensing import pose_model, pretend_unguarded

ROOT = Path(__file__).resolve().parent.parent
WATCHED = "connect,sendto,sendmsg,sendmmsg"
ADDRESS = re.compile(r'sa_family=AF_INET6?,.*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')
PORT = re.compile(r"sin6?_port=htons\((\d+)\)")

DETECT = """
    import sys, time
    from pathlib import Path
    from coach.devices.pose_detector import PoseDetector
    from tests.builders_sensing import drawn_person
    picture = drawn_person()
    with PoseDetector(Path(sys.argv[1])) as detector:
        seen = sum(detector.detect(picture, index / 30).pose.present for index in range(20))
        time.sleep(4)
    print("seen", seen)
"""
LOOK_UP = """
    import socket
    try:
        socket.getaddrinfo("nobody.invalid", 443)
    except OSError:
        pass
"""


def foreign_calls(tmp_path: Path, code: str, *arguments: str, **environment: str) -> tuple[list[str], str]:
    """Run ``code`` under strace: every call that speaks to anything but this computer, and what it printed."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    log = tmp_path / "calls.txt"
    command = [strace, "-f", "-qq", "-e", "signal=none", "-e", f"trace={WATCHED}", "-o", str(log)]
    command += [sys.executable, "-c", textwrap.dedent(code), *arguments]
    result = subprocess.run(
        command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, timeout=120, check=False
    )
    if "ptrace" in result.stderr and "not permitted" in result.stderr:
        pytest.skip("this system does not let strace watch")
    assert result.returncode == 0, result.stderr
    return [line for line in log.read_text().splitlines() if is_foreign(line)], result.stdout


def is_foreign(call: str) -> bool:
    """Whether a line of strace shows traffic to another computer, or a name look-up wherever it goes."""
    if "sa_family=AF_UNIX" in call or "sa_family=AF_NETLINK" in call:
        return False
    port, address = PORT.search(call), ADDRESS.search(call)
    if port is not None and port[1] == "53":
        return True
    if address is not None:
        return not (address[1].startswith("127.") or address[1] == "::1")
    return "sendmmsg(" in call  # how the resolver asks on a connected socket


@pytest.mark.parametrize("exempt", ["", "*"])
def test_detecting_a_person_reaches_no_other_computer(tmp_path: Path, exempt: str) -> None:
    calls, printed = foreign_calls(tmp_path, DETECT, str(pose_model()), no_proxy=exempt)
    assert printed.split() == ["seen", "20"]
    assert calls == []


def test_the_watcher_sees_a_name_look_up(tmp_path: Path) -> None:
    calls, _ = foreign_calls(tmp_path, LOOK_UP)
    assert calls, "a look-up went unseen: the watch above proves nothing"


@pytest.mark.parametrize(
    ("call", "foreign"),
    [
        ('1 connect(7, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0', True),
        ('1 connect(7, {sa_family=AF_INET, sin_port=htons(443), sin_addr=inet_addr("10.1.2.3")}, 16) = 0', True),
        ('1 connect(7, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), '
         'inet_pton(AF_INET6, "2a00::1", &sin6_addr), sin6_scope_id=0}, 28) = 0', True),
        ('1 connect(7, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("127.0.0.1")}, 16) = -1', False),
        ('1 connect(3, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT', False),
        ('1 sendto(4, [{nlmsg_len=20}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20', False),
        ('1 sendmmsg(7, [{msg_hdr={msg_name=NULL, msg_namelen=0, msg_iov=[]}}], 2, MSG_NOSIGNAL) = 2', True),
    ],
)  # fmt: skip
def test_the_watcher_tells_this_computer_from_others(call: str, foreign: bool) -> None:
    assert is_foreign(call) is foreign


def test_blocking_and_unblocking_restores_every_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_unguarded(monkeypatch)
    monkeypatch.setenv("https_proxy", "http://proxy.example:8080")
    monkeypatch.setenv("no_proxy", "*")
    monkeypatch.delenv("HTTPS_PROXY", raising=False)
    before = dict(os.environ)
    block_network()
    block_network()
    assert is_blocked()
    assert os.environ["https_proxy"] == os.environ["HTTPS_PROXY"] == os.environ["ALL_PROXY"] == DEAD_PROXY
    assert "no_proxy" not in os.environ
    assert network_guard.user_environment() == before
    assert network_guard.user_proxies()["https"] == "http://proxy.example:8080"
    unblock_network()
    unblock_network()
    assert dict(os.environ) == before
    assert not is_blocked()


def test_without_a_proxy_of_their_own_the_user_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend_unguarded(monkeypatch)
    for name in list(os.environ):
        if name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    expected = urllib.request.getproxies()
    block_network()
    assert urllib.request.getproxies()["https"] == DEAD_PROXY
    assert network_guard.user_proxies() == expected
    assert not any(name.lower().endswith("_proxy") for name in network_guard.user_environment())
