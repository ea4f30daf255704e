"""The command line: what it refuses, and what it says then."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from local.cli import app

Invoke = Callable[..., Any]


@pytest.fixture
def invoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Invoke:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, arguments)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["analyze"], "Missing argument"),
        (["analyze", "no-such-file.pdf"], "does not exist"),
        (["analyze", __file__, "--output", "xml"], "'text', 'markdown', 'json'"),
        (["keys", "create"], "Missing option"),
        (["keys", "create", "--tenant", ""], "printable"),
        (["keys", "create", "--tenant", "a\nb"], "printable"),
        (["keys", "create", "--tenant", "x" * 65], "1 to 64"),
        (["keys", "revoke"], "Missing argument"),
        (["up", "--port", "65536"], "less than or equal to 65535"),
        (["forget"], "No such command"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_started(
    invoke: Invoke, arguments: list[str], says: str, tmp_path: Path
) -> None:
    result = invoke(*arguments)
    assert result.exit_code == 2
    assert says in result.stderr
    assert not (tmp_path / "data").exists()


def test_analyze_without_a_service_says_how_to_start_one(invoke: Invoke) -> None:
    result = invoke("analyze", __file__)
    assert result.exit_code == 1
    assert "make up" in result.stderr


@pytest.mark.azurite
def test_a_key_is_made_listed_and_revoked_without_a_service(invoke: Invoke) -> None:
    made = invoke("keys", "create", "--tenant", "acme", "--quiet")
    assert made.exit_code == 0
    assert made.stdout.startswith("eph_")
    assert made.stdout.count("\n") == 1
    listed = invoke("keys", "list").stdout
    key_id, _, tenant = listed.strip().split("  ")
    assert tenant == "acme"
    assert made.stdout.strip() not in listed
    assert invoke("keys", "revoke", key_id).exit_code == 0
    assert invoke("keys", "list").stdout == ""
    again = invoke("keys", "revoke", key_id)
    assert (again.exit_code, again.stderr) == (1, f"error: there is no key {key_id}\n")
