"""The command line: what it refuses, and what it says then."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from azure.core.exceptions import HttpResponseError, ODataV4Format
from typer.testing import CliRunner

from contract.errors import Detail, Fault
from contract.operation import ErrorResponse
from local import analysis
from local.cli import app
from local.data_folder import DataFolder
from local.endpoint import Endpoint
from service.vault.context import RecordContext
from service.vault.key_files import KeyFiles

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
        (["keys", "rotate"], "--record, --service or both"),
        (["ledger", "verify", "--receipt-days", "0"], "greater than or equal to 1"),
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


@pytest.mark.parametrize("arguments", [["up"], ["analyze", __file__], ["keys", "list"]])
def test_a_folder_that_cannot_be_made_is_named(
    invoke: Invoke, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", "/dev/null/data")
    result = invoke(*arguments)
    assert result.exit_code == 1
    assert (
        result.stderr
        == "error: /dev/null/data cannot be the data folder: Not a directory; set DATA_DIR to another one\n"
    )


def test_a_refusal_is_told_in_the_sentence_that_says_what_to_do(
    invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> str:
        error = msgspec.to_builtins(ErrorResponse(error=Fault.INVALID_CONTENT.error(Detail.LOCKED)))
        refused = HttpResponseError("(InvalidRequest) Invalid request.")
        refused.error = ODataV4Format(error)
        raise refused

    monkeypatch.setattr(analysis, "analyze", refuse)
    Endpoint("http://127.0.0.1:1", "key", "local", os.getpid()).write(DataFolder(tmp_path / "data").endpoint)
    result = invoke("analyze", __file__)
    assert (result.exit_code, result.stderr) == (1, f"error: {Detail.LOCKED}\n")


@pytest.mark.azurite
def test_a_key_is_made_without_a_service_and_listed_and_revoked_beside_one(invoke: Invoke, tmp_path: Path) -> None:
    made = invoke("keys", "create", "--tenant", "acme", "--quiet")
    assert made.exit_code == 0
    assert made.stdout.startswith("eph_")
    assert made.stdout.count("\n") == 1
    folder = DataFolder(tmp_path / "data")
    with folder.own_storage():
        folder.endpoint.touch()
        listed = invoke("keys", "list").stdout
        key_id, _, tenant = listed.strip().split("  ")
        assert tenant == "acme"
        assert made.stdout.strip() not in listed
        assert invoke("keys", "revoke", key_id).exit_code == 0
        assert invoke("keys", "list").stdout == ""
        again = invoke("keys", "revoke", key_id)
    assert again.exit_code == 1
    assert again.stderr.startswith(f"error: there is no key {key_id};")


def test_keys_are_replaced_in_their_folder(invoke: Invoke, tmp_path: Path) -> None:
    absent = invoke("keys", "rotate", "--record")
    assert (absent.exit_code, absent.stderr) == (
        1,
        "error: there is no record.key yet; the first start makes it\n",
    )
    files = KeyFiles(tmp_path / "data" / "keys")
    sealed = files.record_keys().seal(RecordContext("a"), b"text")
    older = files.key_wrapper().key_id
    assert invoke("keys", "rotate", "--record", "--service").exit_code == 0
    assert files.key_wrapper().key_id != older
    assert files.record_keys().open(RecordContext("a"), sealed.data) == b"text"
    assert files.record_keys().seal(RecordContext("a"), b"text").key_id != sealed.key_id


@pytest.mark.azurite
def test_the_ledger_is_checked_without_a_service(invoke: Invoke) -> None:
    right = invoke("ledger", "verify")
    assert (right.exit_code, right.stdout) == (0, "0 page(s), 0 receipt(s), 0 waiting for the next sweep\n")
    refuted = invoke("ledger", "verify", "--head", "a.b.c")
    assert refuted.exit_code == 1
    assert "the head is not signed by this service" in refuted.stderr
