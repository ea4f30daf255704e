"""What the wire says when something is wrong: every row of the error table that anything answers."""

from __future__ import annotations

import io
import json
import uuid
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from contract import routes
from contract.errors import ApiError, Detail, Fault
from contract.ids import API_VERSION
from service.clock import ManualClock
from service.store.contract import Container, Stored
from service.store.preflight import Keeps, Remembers, Verdict
from tests.hostile.office import long_sheet
from tests.wire.conftest import ANALYZE, BASE, MAX_BODY_MB, Reply, Service, one_page_pdf
from tests.wire.door import Door

PDF = one_page_pdf("x")
JSON = "application/json"
UNDATED = ANALYZE.partition("?")[0]
SECRET = "topsecret"


def locked() -> bytes:
    """A PDF that asks for a password."""
    writer, written = PdfWriter(PdfReader(io.BytesIO(PDF))), io.BytesIO()
    writer.encrypt("a password", algorithm="AES-256")
    writer.write(written)
    return written.getvalue()


REQUESTS = [
    (Fault.INVALID_REQUEST, ANALYZE, b"{", JSON),
    (Fault.INVALID_REQUEST, ANALYZE, b'"\xff"', JSON),
    (Fault.NOT_SUPPORTED_API_VERSION, UNDATED, PDF, ""),
    (Fault.NOT_SUPPORTED_API_VERSION, UNDATED + "?api-version=2020-01-01", PDF, ""),
    (Fault.MODEL_NOT_FOUND, ANALYZE.replace("-read", "-horoscope"), PDF, ""),
    (Fault.INVALID_PARAMETER, ANALYZE + "&pages=0", PDF, ""),
    (Fault.INVALID_PARAMETER, ANALYZE + "&features=magic", PDF, ""),
    (Fault.INVALID_CONTENT_LENGTH, ANALYZE, b"", ""),
    (Fault.INVALID_CONTENT_LENGTH, ANALYZE, PDF + bytes(MAX_BODY_MB * 1024 * 1024), ""),
    (Fault.INVALID_CONTENT, ANALYZE, b"just some words", ""),
    (Fault.INVALID_CONTENT_SOURCE_FORMAT, ANALYZE, b"{}", JSON),
    (Fault.INVALID_CONTENT_SOURCE_FORMAT, ANALYZE, b'{"base64Source": "%%"}', JSON),
    (Fault.INVALID_CONTENT_SOURCE_FORMAT, ANALYZE, b'{"urlSource": "no address"}', JSON),
    (Fault.CONTENT_SOURCE_NOT_ACCESSIBLE, ANALYZE, b'{"urlSource": "https://127.0.0.1/x.pdf"}', JSON),
    (Fault.CONTENT_SOURCE_NOT_ACCESSIBLE, ANALYZE, b'{"urlSource": "http://169.254.169.254/metadata"}', JSON),
]
SOURCES = [
    (Fault.CONTENT_SOURCE_NOT_ACCESSIBLE, "/elsewhere"),
    (Fault.CONTENT_SOURCE_NOT_ACCESSIBLE, "/nothing.pdf"),
    (Fault.CONTENT_SOURCE_TIMEOUT, "/slow.pdf"),
]
DOCUMENTS = [
    (Fault.INVALID_CONTENT, None, PDF[:300]),
    (Fault.INVALID_CONTENT, Detail.LOCKED, locked()),
    (Fault.INVALID_CONTENT_DIMENSIONS, None, PDF.replace(b"[0 0 612 792]", b"[0 0 99999 9]")),
    (Fault.UNSUPPORTED_CONTENT, Detail.TOO_MANY_CHARACTERS, long_sheet(8_000_001)),
]
PATHS = [
    (Fault.METHOD_NOT_ALLOWED, "PUT", "/info"),
    (Fault.METHOD_NOT_ALLOWED, "DELETE", "/documentModels"),
    (Fault.NOT_FOUND, "GET", "/nonsense"),
    (Fault.NOT_FOUND, "GET", "/documentModels/prebuilt-read/analyzeResults/no-id"),
    (Fault.MODEL_NOT_FOUND, "GET", "/documentModels/no-such-model"),
]
ELSEWHERE = {Fault.UNAUTHORIZED, Fault.SERVICE_UNAVAILABLE, Fault.INTERNAL_SERVER_ERROR, Fault.MODEL_ANALYZE_ERROR}
"""Faults that have a test of their own below."""


def answers(reply: Reply, fault: Fault) -> None:
    """The reply is the fault, in status, codes and shape."""
    error = fault.error()
    assert (reply.status, reply.codes) == (fault.status, (error.code, error.innererror and error.innererror.code))
    assert uuid.UUID(reply.headers["apim-request-id"])
    assert reply.headers["Content-Type"] == "application/json; charset=utf-8"


def test_every_error_has_a_row() -> None:
    assert {row[0] for row in [*REQUESTS, *SOURCES, *DOCUMENTS, *PATHS]} | ELSEWHERE == set(Fault)


@pytest.mark.azurite
@pytest.mark.parametrize(("fault", "path", "body", "kind"), REQUESTS)
def test_a_wrong_request(service: Service, fault: Fault, path: str, body: bytes, kind: str) -> None:
    answers(service.send("POST", path, body, Content_Type=kind or "application/octet-stream"), fault)


@pytest.mark.azurite
@pytest.mark.parametrize(("fault", "path"), SOURCES)
def test_a_wrong_source(service: Service, fault: Fault, path: str) -> None:
    body = json.dumps({"urlSource": f"{service.sources}{path}?sig={SECRET}"})
    reply = service.send("POST", ANALYZE, body, Content_Type=JSON)
    answers(reply, fault)
    assert SECRET.encode() not in reply.body


@pytest.mark.azurite
@pytest.mark.parametrize(("fault", "detail", "document"), DOCUMENTS)
def test_a_wrong_document(service: Service, fault: Fault, detail: Detail | None, document: bytes) -> None:
    accepted = service.send("POST", ANALYZE, document)
    assert accepted.status == 202
    done = service.finished(accepted.location).json
    assert done["status"] == "failed"
    assert done["error"]["code"] == "InvalidRequest"
    assert done["error"]["innererror"] == {"code": fault.value[3], "message": detail or fault.value[4]}


@pytest.mark.azurite
@pytest.mark.parametrize(("fault", "verb", "path"), PATHS)
def test_a_wrong_path(service: Service, fault: Fault, verb: str, path: str) -> None:
    answers(service.send(verb, f"{BASE}{path}?api-version={API_VERSION}"), fault)


@pytest.mark.azurite
def test_without_a_key(service: Service) -> None:
    answers(service.send("POST", ANALYZE, PDF, Ocp_Apim_Subscription_Key=""), Fault.UNAUTHORIZED)


@pytest.mark.azurite
def test_acceptance(service: Service) -> None:
    mine = str(uuid.uuid4())
    reply = service.send("POST", ANALYZE, PDF, x_ms_client_request_id=mine)
    assert (reply.status, reply.body) == (202, b"")
    assert reply.headers["Operation-Location"].startswith(
        f"{service.endpoint}{BASE}/documentModels/prebuilt-read/analyzeResults/"
    )
    assert reply.headers["Operation-Location"].endswith(f"?api-version={API_VERSION}")
    assert reply.headers["Retry-After"] == "1"
    assert reply.headers["x-ms-client-request-id"] == mine
    assert uuid.UUID(reply.headers["apim-request-id"])


@pytest.mark.azurite
def test_a_result_may_not_be_cached(service: Service) -> None:
    reply = service.send("GET", service.send("POST", ANALYZE, PDF).location)
    assert reply.status == 200
    assert reply.headers["Cache-Control"] == "no-store"


@pytest.mark.azurite
def test_the_overload_of_the_documentation_is_ignored(service: Service) -> None:
    assert service.send("POST", f"{ANALYZE}&_overload=analyzeDocument", PDF).status == 202


@pytest.mark.azurite
def test_health_asks_for_no_key(service: Service) -> None:
    reply = service.send("GET", "/health", Ocp_Apim_Subscription_Key="")
    assert (reply.status, reply.json["status"]) == (200, "ok")


@pytest.mark.azurite
def test_receipts_ask_for_no_api_version(service: Service) -> None:
    answers(service.send("GET", "/privacy/receipts/no-id"), Fault.NOT_FOUND)


class AlwaysRemembers:
    """A preflight of storage that keeps what is deleted."""

    async def verdict(self) -> Verdict:
        return Remembers((Keeps.SOFT_DELETE,))


def open_door(folder: Path, **parts: AlwaysRemembers) -> Door:
    return Door(ManualClock(datetime(2026, 3, 1, 12, 30, tzinfo=UTC)), folder / "keys", **parts)


async def test_an_unfinished_result_says_when_to_ask_again(tmp_path: Path) -> None:
    door = open_door(tmp_path)
    owner = await door.world.caller()
    job = await door.world.submit(owner)
    path = routes.RESULT.format(modelId="prebuilt-read", resultId=job)
    seen = await door.send("GET", path, owner.api_key.text)
    assert (json.loads(seen.body)["status"], seen.headers["retry-after"]) == ("notStarted", "1")
    await door.world.worker.run(door.world.name(owner, job))
    assert "retry-after" not in (await door.send("GET", path, owner.api_key.text)).headers


async def test_no_document_is_taken_where_storage_remembers(tmp_path: Path) -> None:
    door = open_door(tmp_path, preflight=AlwaysRemembers())
    key = (await door.world.caller()).api_key.text
    seen = await door.send("POST", routes.ANALYZE.format(modelId="prebuilt-read"), key, PDF)
    assert (seen.status, json.loads(seen.body)["error"]["code"]) == (503, "ServiceUnavailable")
    health = await door.send("GET", routes.HEALTH, None)
    assert (health.status, json.loads(health.body)["reasons"]) == (503, [Keeps.SOFT_DELETE])
    assert await door.world.objects() == []


async def test_trouble_tells_nothing_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = open_door(tmp_path)
    key = (await door.world.caller()).api_key.text

    async def broken(container: Container, name: str) -> Stored | None:
        raise OSError(SECRET)

    monkeypatch.setattr(door.world.store, "get", broken)
    seen = await door.send("GET", routes.INFO, key)
    error = json.loads(seen.body)["error"]
    assert (seen.status, error["code"], error["innererror"]["code"]) == (500, "InternalServerError", "Unknown")
    assert SECRET.encode() not in seen.body


async def test_a_document_that_asks_for_too_much_ends_as_failed(tmp_path: Path) -> None:
    door = open_door(tmp_path)

    def give_up() -> bytes:
        raise ApiError(Fault.MODEL_ANALYZE_ERROR)

    door.world.engine.behave = give_up
    owner = await door.world.caller()
    path = routes.RESULT.format(modelId="prebuilt-read", resultId=await door.world.finished(owner))
    seen = await door.send("GET", path, owner.api_key.text)
    body = json.loads(seen.body)
    assert (seen.status, body["status"]) == (200, "failed")
    assert body["error"]["innererror"]["code"] == "ModelAnalyzeError"
