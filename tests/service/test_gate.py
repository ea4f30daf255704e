"""What every request passes."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import pytest

from contract.errors import ApiError, Fault
from contract.ids import API_VERSION
from service.clock import ManualClock
from service.gate import Answer, Gate, Request
from service.identity import Keys
from service.store.memory import MemoryStore
from service.vault.key_files import KeyFiles

VERSION = f"?api-version={API_VERSION}"


@dataclass
class Raw:
    headers: Mapping[str, str]
    url: str = f"http://door.example/documentintelligence/info{VERSION}"
    method: str = "GET"
    route_params: Mapping[str, str] = field(default_factory=dict)

    def get_body(self) -> bytes:
        return b"body"


@pytest.fixture
async def key_and_gate(tmp_path: Path) -> tuple[str, Gate]:
    files = KeyFiles(tmp_path / "keys")
    clock = ManualClock(datetime(2026, 3, 1, tzinfo=UTC))
    keys = Keys(MemoryStore(clock), files.record_keys(), files.api_key_hasher(), clock)
    return (await keys.create("clinic")).text, Gate(keys, None)


async def tell_endpoint(request: Request) -> Answer:
    return Answer(HTTPStatus.OK, request.endpoint.encode())


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, "http://door.example"),
        ({"Host": "other.example:8080"}, "http://other.example:8080"),
        ({"Host": "inner", "X-Forwarded-Host": "outer.example", "X-Forwarded-Proto": "https"}, "https://outer.example"),
        ({"Host": "[::1]:7071"}, "http://[::1]:7071"),
    ],
)
async def test_the_endpoint_is_what_the_client_used(
    key_and_gate: tuple[str, Gate], headers: dict[str, str], expected: str
) -> None:
    key, gate = key_and_gate
    parts = await gate.pass_through(Raw({"Ocp-Apim-Subscription-Key": key, **headers}), tell_endpoint)
    assert parts["body"].decode() == expected


@pytest.mark.parametrize("host", ["a b", "x/../y", "h\r\nX: y", "a@b", ""])
async def test_a_malformed_host_is_refused(key_and_gate: tuple[str, Gate], host: str) -> None:
    key, gate = key_and_gate
    parts = await gate.pass_through(Raw({"Ocp-Apim-Subscription-Key": key, "Host": host}), tell_endpoint)
    assert parts["status_code"] == 400


async def test_a_host_that_makes_no_url_is_refused(key_and_gate: tuple[str, Gate]) -> None:
    key, gate = key_and_gate
    raw = Raw({"Ocp-Apim-Subscription-Key": key, "Host": "["}, url=f"http://[/documentintelligence/info{VERSION}")
    assert (await gate.pass_through(raw, tell_endpoint))["status_code"] == 400


async def test_a_failure_tells_nothing_but_a_correlation(
    key_and_gate: tuple[str, Gate], caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(request: Request) -> Answer:
        raise RuntimeError("the secret is swordfish")

    key, gate = key_and_gate
    with caplog.at_level(logging.INFO, "ephemera"):
        parts = await gate.pass_through(Raw({"Ocp-Apim-Subscription-Key": key}), fail)
    assert parts["status_code"] == 500
    assert json.loads(parts["body"])["error"]["code"] == "InternalServerError"
    assert "swordfish" not in parts["body"].decode() + caplog.text
    assert parts["headers"]["apim-request-id"] in caplog.text


async def test_a_refusal_has_the_shape_of_the_contract(key_and_gate: tuple[str, Gate]) -> None:
    async def refuse(request: Request) -> Answer:
        raise ApiError(Fault.MODEL_NOT_FOUND)

    key, gate = key_and_gate
    parts = await gate.pass_through(Raw({"Ocp-Apim-Subscription-Key": key}), refuse)
    assert parts["status_code"] == 404
    assert json.loads(parts["body"])["error"]["innererror"]["code"] == "ModelNotFound"


@pytest.mark.parametrize("url", ["http://d/x", "http://d/x?api-version=", "http://d/x?api-version=2023-07-31"])
async def test_the_api_version_is_checked(key_and_gate: tuple[str, Gate], url: str) -> None:
    key, gate = key_and_gate
    parts = await gate.pass_through(Raw({"Ocp-Apim-Subscription-Key": key}, url), tell_endpoint)
    assert json.loads(parts["body"])["error"]["innererror"]["code"] == "NotSupportedApiVersion"


async def test_the_key_comes_before_everything_else(key_and_gate: tuple[str, Gate]) -> None:
    parts = await key_and_gate[1].pass_through(Raw({}, "http://d/x"), tell_endpoint)
    assert parts["status_code"] == 401


@pytest.mark.parametrize("sent", ["not-a-uuid", "x\r\nSet-Cookie: a=b"])
async def test_only_a_uuid_is_echoed(key_and_gate: tuple[str, Gate], sent: str) -> None:
    key, gate = key_and_gate
    raw = Raw({"Ocp-Apim-Subscription-Key": key, "x-ms-client-request-id": sent})
    parts = await gate.pass_through(raw, tell_endpoint)
    assert "x-ms-client-request-id" not in parts["headers"]
