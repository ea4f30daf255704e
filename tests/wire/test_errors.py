"""What the wire says when a request is wrong."""

from __future__ import annotations

import json
import uuid

import pytest

from contract.ids import API_VERSION
from tests.wire.conftest import ANALYZE, MAX_BODY_MB, Service

pytestmark = pytest.mark.azurite


def test_acceptance(service: Service, canary_pdf: bytes) -> None:
    mine = str(uuid.uuid4())
    reply = service.send("POST", ANALYZE, canary_pdf, x_ms_client_request_id=mine)
    assert (reply.status, reply.body) == (202, b"")
    assert reply.headers["Operation-Location"].startswith(
        f"{service.endpoint}/documentintelligence/documentModels/prebuilt-read/analyzeResults/"
    )
    assert reply.headers["Operation-Location"].endswith(f"?api-version={API_VERSION}")
    assert reply.headers["Retry-After"] == "1"
    assert reply.headers["x-ms-client-request-id"] == mine
    assert uuid.UUID(reply.headers["apim-request-id"])


def test_a_result_may_not_be_cached(service: Service, canary_pdf: bytes) -> None:
    reply = service.send("GET", service.send("POST", ANALYZE, canary_pdf).location)
    assert reply.status == 200
    assert reply.headers["Cache-Control"] == "no-store"


def test_the_overload_of_the_documentation_is_ignored(service: Service, canary_pdf: bytes) -> None:
    assert service.send("POST", f"{ANALYZE}&_overload=analyzeDocument", canary_pdf).status == 202


@pytest.mark.parametrize(
    ("path", "body", "kind", "status", "codes"),
    [
        (ANALYZE.partition("?")[0], b"%PDF-", "", 400, ("InvalidRequest", "NotSupportedApiVersion")),
        (ANALYZE.replace(API_VERSION, "2020-01-01"), b"%PDF-", "", 400, ("InvalidRequest", "NotSupportedApiVersion")),
        (ANALYZE.replace("-read", "-horoscope"), b"%PDF-", "", 404, ("NotFound", "ModelNotFound")),
        (ANALYZE + "&pages=0", b"%PDF-", "", 400, ("InvalidArgument", "InvalidParameter")),
        (ANALYZE + "&features=magic", b"%PDF-", "", 400, ("InvalidArgument", "InvalidParameter")),
        (ANALYZE, b"", "", 400, ("InvalidRequest", "InvalidContentLength")),
        (ANALYZE, b"just some words", "", 400, ("InvalidRequest", "InvalidContent")),
        (ANALYZE, b"{", "application/json", 400, ("InvalidRequest", None)),
        (ANALYZE, b"{}", "application/json", 400, ("InvalidArgument", "InvalidContentSourceFormat")),
        (
            ANALYZE,
            b'{"base64Source": "%%"}',
            "application/json",
            400,
            ("InvalidArgument", "InvalidContentSourceFormat"),
        ),
        (
            ANALYZE,
            b'{"urlSource": "https://127.0.0.1/x.pdf"}',
            "application/json",
            400,
            ("InvalidRequest", "ContentSourceNotAccessible"),
        ),
        (
            ANALYZE,
            b'{"urlSource": "http://169.254.169.254/metadata"}',
            "application/json",
            400,
            ("InvalidRequest", "ContentSourceNotAccessible"),
        ),
    ],
)
def test_a_wrong_request(
    service: Service, path: str, body: bytes, kind: str, status: int, codes: tuple[str, str | None]
) -> None:
    reply = service.send("POST", path, body, Content_Type=kind or "application/octet-stream")
    assert (reply.status, reply.codes) == (status, codes)
    assert "apim-request-id" in reply.headers


def test_a_source_may_not_redirect_to_where_it_may_not_point(service: Service) -> None:
    body = json.dumps({"urlSource": f"{service.sources}/elsewhere"})
    reply = service.send("POST", ANALYZE, body, Content_Type="application/json")
    assert reply.codes == ("InvalidRequest", "ContentSourceNotAccessible")


def test_a_missing_source_is_an_error_at_once(service: Service) -> None:
    body = json.dumps({"urlSource": f"{service.sources}/nothing.pdf?sig=topsecret"})
    reply = service.send("POST", ANALYZE, body, Content_Type="application/json")
    assert reply.codes == ("InvalidRequest", "ContentSourceNotAccessible")
    assert b"topsecret" not in reply.body


def test_a_body_over_the_limit(service: Service) -> None:
    assert service.send("POST", ANALYZE, b"%PDF-1.7" + bytes(MAX_BODY_MB * 1024 * 1024)).status in (400, 413)


def test_without_a_key(service: Service) -> None:
    reply = service.send("POST", ANALYZE, b"%PDF-", Ocp_Apim_Subscription_Key="")
    assert (reply.status, reply.error["code"]) == (401, "401")


@pytest.mark.parametrize(
    ("verb", "path", "status", "code"),
    [
        ("PUT", "/documentintelligence/info", 405, "MethodNotAllowed"),
        ("DELETE", "/documentintelligence/documentModels", 405, "MethodNotAllowed"),
        ("GET", "/documentintelligence/nonsense", 404, "NotFound"),
        ("GET", "/documentintelligence/documentModels/prebuilt-read/analyzeResults/no-id", 404, "NotFound"),
    ],
)
def test_routes_that_are_not_there(service: Service, verb: str, path: str, status: int, code: str) -> None:
    reply = service.send(verb, f"{path}?api-version={API_VERSION}")
    assert (reply.status, reply.error["code"]) == (status, code)


def test_health_asks_for_no_key(service: Service) -> None:
    reply = service.send("GET", "/health", Ocp_Apim_Subscription_Key="")
    assert (reply.status, json.loads(reply.body)["status"]) == (200, "ok")
