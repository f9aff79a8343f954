"""Nothing leaves the computer: keeps the pose library from reporting home, and our own downloads working.

MediaPipe's native code sends usage figures and offers no switch against it. It honours the proxy variables, so a proxy
that is a closed port of this very computer ends every attempt before a name is looked up. The variables that exempt
hosts from the proxy have to go, too: with ``no_proxy=*`` in the user's environment the look-up comes back.
"""

from __future__ import annotations

import os
import ssl
import threading
import urllib.request
from dataclasses import dataclass
from typing import Final

DEAD_PROXY: Final = "http://127.0.0.1:9"
"""The discard port of this computer, where nothing listens."""

_PROXY_VARIABLES: Final = tuple(name for lower in ("https_proxy", "all_proxy") for name in (lower, lower.upper()))
_EXEMPTION_VARIABLES: Final = ("no_proxy", "NO_PROXY")


@dataclass(frozen=True)
class _Before:
    """What the user had set."""

    environment: dict[str, str]
    proxies: dict[str, str]


_lock = threading.Lock()
_before: _Before | None = None


def block_network() -> None:
    """Shut the native code of this process off from the network; harmless when called again."""
    global _before
    with _lock:
        if _before is not None:
            return
        _before = _Before(dict(os.environ), urllib.request.getproxies())
        for name in _EXEMPTION_VARIABLES:
            os.environ.pop(name, None)
        for name in _PROXY_VARIABLES:
            os.environ[name] = DEAD_PROXY


def unblock_network() -> None:
    """Put the user's own variables back; harmless when nothing is blocked."""
    global _before
    with _lock:
        if _before is None:
            return
        _restore(os.environ, _before)
        _before = None


def is_blocked() -> bool:
    """Whether `block_network` is in force."""
    return _before is not None


def user_environment() -> dict[str, str]:
    """The environment with the user's own proxy settings: for a child process that may download."""
    with _lock:
        environment = dict(os.environ)
        if _before is not None:
            _restore(environment, _before)
        return environment


def user_proxies() -> dict[str, str]:
    """The user's own proxies by scheme, for a download in this process."""
    with _lock:
        return dict(urllib.request.getproxies() if _before is None else _before.proxies)


def tls_context() -> ssl.SSLContext:
    """The system's certificates and, for Pythons that come without, those installed along with MediaPipe."""
    context = ssl.create_default_context()
    try:
        import certifi
    except ImportError:
        return context
    context.load_verify_locations(certifi.where())
    return context


def _restore(environment: os._Environ[str] | dict[str, str], before: _Before) -> None:
    for name in (*_PROXY_VARIABLES, *_EXEMPTION_VARIABLES):
        if name in before.environment:
            environment[name] = before.environment[name]
        else:
            environment.pop(name, None)
