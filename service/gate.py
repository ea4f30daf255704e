"""What every request passes: correlation, the key, the api-version, and one shape for every error.

Knows no azure.functions: an edge hands in its request and turns the answer into a response.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Protocol, TypedDict
from urllib.parse import SplitResult, parse_qsl, urlsplit

import msgspec

from contract.errors import ApiError, Fault
from contract.ids import API_VERSION
from contract.operation import ErrorResponse
from service import log
from service.identity import Caller, Keys

_KEY_HEADER = "Ocp-Apim-Subscription-Key"
_CLIENT_ID_HEADER = "x-ms-client-request-id"
_MALFORMED_HOST = "The Host or X-Forwarded-Host header is malformed."
_HOST = re.compile(r"[a-zA-Z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9a-fA-F:.]{2,45}\](:[0-9]{1,5})?")


class RawRequest(Protocol):
    """A request as the Functions host gives it; nothing in it is checked."""

    @property
    def method(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def route_params(self) -> Mapping[str, str]: ...
    def get_body(self) -> bytes: ...


class ResponseParts(TypedDict):
    """The arguments of the host's response type."""

    body: bytes
    status_code: int
    headers: dict[str, str]


@dataclass(frozen=True)
class Request:
    """A request of a known caller; the values are still the client's."""

    caller: Caller
    endpoint: str
    untrusted_route: Mapping[str, str]
    untrusted_query: Mapping[str, str]
    untrusted_content_type: str
    untrusted_body: bytes


@dataclass(frozen=True)
class Answer:
    """What to send back."""

    status: HTTPStatus
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def json(cls, value: msgspec.Struct, status: HTTPStatus = HTTPStatus.OK, **headers: str) -> Answer:
        """A JSON answer; underscores in header names stand for hyphens."""
        named = {name.replace("_", "-"): text for name, text in headers.items()}
        return cls(status, msgspec.json.encode(value), {"Content-Type": "application/json; charset=utf-8", **named})


Handler = Callable[[Request], Awaitable[Answer]]


class Gate:
    """Lets requests in and answers out."""

    def __init__(self, keys: Keys, public_endpoint: str | None) -> None:
        self._keys = keys
        self._public_endpoint = public_endpoint

    async def pass_through(
        self, raw: RawRequest, handler: Handler, api_version: str | None = API_VERSION
    ) -> ResponseParts:
        """Run `handler` for an authenticated request; whatever happens, the answer has the contract's shape.

        `api_version` is what the query must say; None for a route that is not of the protocol.
        """
        return await self._answered(raw, self._handled(raw, handler, api_version))

    async def pass_anyone(self, raw: RawRequest, answer: Awaitable[Answer]) -> ResponseParts:
        """Give an answer that is the same for everybody, whether a key came along or not."""
        return await self._answered(raw, answer)

    async def _answered(self, raw: RawRequest, handled: Awaitable[Answer]) -> ResponseParts:
        correlation = str(uuid.uuid4())
        try:
            answer = await handled
        except ApiError as refused:
            log.event("refused", correlation=correlation, fault=refused.fault.name, status=refused.fault.status)
            answer = Answer.json(ErrorResponse(error=refused.error()), HTTPStatus(refused.fault.status))
        except Exception as trouble:
            log.trouble("request_failed", correlation=correlation, error=type(trouble).__name__)
            fault = Fault.INTERNAL_SERVER_ERROR
            answer = Answer.json(ErrorResponse(error=fault.error()), HTTPStatus(fault.status))
        headers = {
            **answer.headers,
            "apim-request-id": correlation,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            **_echo(raw.headers.get(_CLIENT_ID_HEADER)),
        }
        return ResponseParts(body=answer.body, status_code=answer.status, headers=headers)

    async def _handled(self, raw: RawRequest, handler: Handler, api_version: str | None) -> Answer:
        caller = await self._keys.authenticate(raw.headers.get(_KEY_HEADER))
        url = _split(raw.url)
        query = dict(parse_qsl(url.query, keep_blank_values=True))
        if api_version is not None and query.get("api-version") != api_version:
            raise ApiError(Fault.NOT_SUPPORTED_API_VERSION)
        return await handler(
            Request(
                caller=caller,
                endpoint=self._public_endpoint or _seen_endpoint(url.scheme, url.netloc, raw.headers),
                untrusted_route=raw.route_params,
                untrusted_query=query,
                untrusted_content_type=raw.headers.get("Content-Type", ""),
                untrusted_body=raw.get_body(),
            )
        )


def _split(untrusted_url: str) -> SplitResult:
    try:
        return urlsplit(untrusted_url)
    except ValueError:
        # The host is part of it, and that is what the client says in `Host`.
        raise ApiError(Fault.INVALID_REQUEST, _MALFORMED_HOST) from None


def _seen_endpoint(scheme: str, netloc: str, headers: Mapping[str, str]) -> str:
    """The address the client used: what a proxy in front forwarded, else what the request itself says."""
    untrusted_scheme = headers.get("X-Forwarded-Proto", scheme).split(",")[0].strip().lower()
    untrusted_host = headers.get("X-Forwarded-Host", headers.get("Host", netloc)).split(",")[0].strip()
    if untrusted_scheme not in ("http", "https") or not _HOST.fullmatch(untrusted_host):
        raise ApiError(Fault.INVALID_REQUEST, _MALFORMED_HOST)
    return f"{untrusted_scheme}://{untrusted_host}"


def _echo(untrusted_id: str | None) -> dict[str, str]:
    """The client's request id goes back only as the UUID that the protocol says it is."""
    try:
        return {_CLIENT_ID_HEADER: str(uuid.UUID(untrusted_id))} if untrusted_id else {}
    except ValueError:
        return {}
