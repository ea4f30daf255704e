"""What all tests stand on: no network but the loopback, one Azurite, a printed seed."""

from __future__ import annotations

import ipaddress
import os
import platform
import random
import socket
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import hypothesis
import pytest

from local import azurite as local_azurite

_REPORTED = ("azure-functions", "azure-storage-blob", "azure-ai-documentintelligence", "cryptography", "pypdfium2")

hypothesis.settings.register_profile("suite", deadline=None, print_blob=True, derandomize="CI" in os.environ)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Fix the seed of hypothesis before its plugin reads it, so that it can be printed."""
    if config.getoption("--hypothesis-seed") is None and "CI" not in os.environ:
        config.option.hypothesis_seed = str(random.randrange(2**32))  # noqa: S311 - a seed is no secret


def pytest_report_header() -> str:
    """Name the versions that decide behaviour."""
    versions = ", ".join(f"{name} {version(name)}" for name in _REPORTED)
    return f"{platform.python_implementation()} {platform.python_version()}, {versions}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say at the end, where even a quiet run shows it, how to draw the same examples again."""
    seed = config.getoption("--hypothesis-seed")
    if seed is not None:
        terminalreporter.write_line(f"The same examples again: --hypothesis-seed={seed}")


class NetworkForbidden(RuntimeError):
    """A test tried to reach something beyond this machine."""


@pytest.fixture(autouse=True)
def _only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that is neither loopback nor a Unix socket."""
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(original: Any) -> Any:
    def connect(self: socket.socket, address: Any) -> Any:
        if self.family != socket.AF_UNIX and not _is_loopback(address[0]):
            raise NetworkForbidden(f"tests may not connect to {address[0]}")
        return original(self, address)

    return connect


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@pytest.fixture(scope="session")
def azurite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The connection string of an Azurite that all tests of the run share, in memory."""
    with local_azurite.running(None, tmp_path_factory.mktemp("azurite") / "azurite.log") as found:
        yield found.connection
