"""Fetching against servers on loopback: what comes through, and what each refusal is called."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.test_utils import TestServer
from yarl import URL

from contract.errors import ApiError, Fault
from service.sources import guard
from service.sources.fetch import fetch
from service.sources.guard import SourceRules

DOCUMENT = b"%PDF-1.7 a document"
MAX_BYTES = 100_000


@dataclass
class Source:
    """A server that a test may fetch from, and what it was asked."""

    server: TestServer
    requests: list[web.BaseRequest] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.server.port}"

    def rules(self, timeout_seconds: float = 5.0, max_redirects: int = 5) -> SourceRules:
        return SourceRules(frozenset({self.origin}), MAX_BYTES, timeout_seconds, max_redirects)

    async def fetch(self, path: str, **limits: float) -> bytes:
        return await fetch(self.origin + path, self.rules(**limits))  # type: ignore[arg-type]


@pytest.fixture
async def source() -> AsyncIterator[Source]:
    asked: list[web.BaseRequest] = []
    never = asyncio.Event()

    async def answer(request: web.Request) -> web.StreamResponse:
        asked.append(request)
        match request.path:
            case "/document":
                return web.Response(body=DOCUMENT)
            case "/empty":
                return web.Response(body=b"")
            case "/zipped":
                return web.Response(body=gzip.compress(DOCUMENT), headers={"Content-Encoding": "gzip"})
            case "/bomb":
                bomb = gzip.compress(bytes(50_000_000))
                assert len(bomb) < MAX_BYTES
                return web.Response(body=bomb, headers={"Content-Encoding": "gzip"})
            case "/liar":
                return web.Response(body=b"no gzip at all", headers={"Content-Encoding": "gzip"})
            case "/full":
                return web.Response(body=bytes(MAX_BYTES))
            case "/large":
                return web.Response(body=bytes(MAX_BYTES + 1))
            case "/endless":
                response = web.StreamResponse()
                await response.prepare(request)
                while True:
                    await response.write(bytes(10_000))
            case "/cut":
                response = web.StreamResponse(headers={"Content-Length": "1000"})
                await response.prepare(request)
                await response.write(b"half")
                assert request.transport is not None
                request.transport.close()
                return response
            case "/silent":
                await never.wait()
            case "/trickle":
                response = web.StreamResponse()
                await response.prepare(request)
                await response.write(b"a")
                await never.wait()
            case "/cookie":
                raise web.HTTPFound("/document", headers={"Set-Cookie": "a=b"})
            case "/loop":
                raise web.HTTPFound("/loop")
            case "/nowhere":
                return web.Response(status=302)
            case "/to":
                raise web.HTTPTemporaryRedirect(request.query["place"])
            case "/status":
                return web.Response(status=int(request.query["code"]), body=DOCUMENT)
        raise web.HTTPNotFound

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    server = TestServer(app, host="127.0.0.1")
    await server.start_server(shutdown_timeout=0)
    yield Source(server, asked)
    never.set()
    await server.close()


def fault_of(error: pytest.ExceptionInfo[ApiError]) -> Fault:
    return error.value.fault


async def test_a_document_comes_through(source: Source) -> None:
    assert await source.fetch("/document") == DOCUMENT


async def test_an_empty_document_is_for_others_to_judge(source: Source) -> None:
    assert await source.fetch("/empty") == b""


async def test_the_query_arrives_as_it_was_signed_and_the_fragment_does_not(source: Source) -> None:
    await source.fetch("/document?sv=1&sig=a%2Bb%3D#part")
    [request] = source.requests
    assert request.raw_path == "/document?sv=1&sig=a%2Bb%3D"


async def test_a_transport_encoding_is_decoded(source: Source) -> None:
    assert await source.fetch("/zipped") == DOCUMENT


async def test_as_many_bytes_as_allowed_come_through(source: Source) -> None:
    assert len(await source.fetch("/full")) == MAX_BYTES


@pytest.mark.parametrize("path", ["/large", "/endless", "/bomb"])
async def test_too_many_bytes_are_refused(source: Source, path: str) -> None:
    with pytest.raises(ApiError) as error:
        await source.fetch(path)
    assert fault_of(error) is Fault.INVALID_CONTENT_LENGTH


@pytest.mark.parametrize("path", ["/silent", "/trickle"])
async def test_a_slow_source_runs_out_of_time(source: Source, path: str) -> None:
    with pytest.raises(ApiError) as error:
        await source.fetch(path, timeout_seconds=0.2)
    assert fault_of(error) is Fault.CONTENT_SOURCE_TIMEOUT


@pytest.mark.parametrize("path", ["/missing", "/cut", "/liar", "/nowhere", "/loop"])
async def test_a_source_that_does_not_deliver_is_not_accessible(source: Source, path: str) -> None:
    with pytest.raises(ApiError) as error:
        await source.fetch(path)
    assert fault_of(error) is Fault.CONTENT_SOURCE_NOT_ACCESSIBLE


@pytest.mark.parametrize("code", [201, 204, 206, 300, 304, 401, 403, 404, 500, 503])
async def test_only_200_delivers(source: Source, code: int) -> None:
    with pytest.raises(ApiError) as error:
        await source.fetch(f"/status?code={code}")
    assert fault_of(error) is Fault.CONTENT_SOURCE_NOT_ACCESSIBLE


async def test_a_redirect_is_followed_without_cookies(source: Source) -> None:
    assert await source.fetch("/cookie") == DOCUMENT
    assert [request.path for request in source.requests] == ["/cookie", "/document"]
    assert "Cookie" not in source.requests[1].headers


async def test_redirects_end(source: Source) -> None:
    with pytest.raises(ApiError):
        await source.fetch("/loop", max_redirects=3)
    assert len(source.requests) == 4


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:1/",
        "https://127.0.0.1/",
        "https://169.254.169.254/metadata/instance",
        "http://169.254.169.254/metadata/instance",
        "https://[::1]/",
        "https://2130706433/",
        "file:///etc/passwd",
        "https://user:word@example.com/",
        "http://example.com/",
        "https://",
    ],
)
async def test_a_redirect_out_of_the_rules_is_refused(source: Source, place: str) -> None:
    with pytest.raises(ApiError) as error:
        await fetch(str(URL(source.origin + "/to").with_query(place=place)), source.rules())
    assert fault_of(error) is Fault.CONTENT_SOURCE_NOT_ACCESSIBLE
    assert len(source.requests) == 1


async def test_an_extra_origin_is_exact(source: Source) -> None:
    for url in (f"http://localhost:{source.server.port}/document", f"https://127.0.0.1:{source.server.port}/document"):
        with pytest.raises(ApiError) as error:
            await fetch(url, source.rules())
        assert fault_of(error) is Fault.CONTENT_SOURCE_NOT_ACCESSIBLE
    assert not source.requests


async def test_a_text_that_is_no_url_is_malformed(source: Source) -> None:
    with pytest.raises(ApiError) as error:
        await fetch("document.pdf", source.rules())
    assert fault_of(error) is Fault.INVALID_CONTENT_SOURCE_FORMAT


async def test_a_proxy_of_the_environment_takes_no_part(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert await source.fetch("/document") == DOCUMENT


async def test_an_error_says_nothing_of_the_url(source: Source) -> None:
    for url in (source.origin + "/missing?sig=canary", "canary", "https://127.0.0.1/?sig=canary"):
        with pytest.raises(ApiError) as error:
            await fetch(url, source.rules())
        assert "canary" not in repr(error.value) + str(error.value) + repr(error.value.error())
        assert error.value.__suppress_context__


class Turning(AbstractResolver):
    """Answers each question with the next address of a list, and counts the questions."""

    def __init__(self, *addresses: str) -> None:
        self.left = list(addresses)
        self.questions = 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.questions += 1
        address = self.left.pop(0)
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=socket.AI_NUMERICHOST
            )
        ]

    async def close(self) -> None:
        pass


@dataclass
class Listener:
    """A port that only counts who connects."""

    port: int
    reached: list[str]


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    reached: list[str] = []

    async def count(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        reached.append(writer.get_extra_info("sockname")[0])
        writer.close()

    server = await asyncio.start_server(count, "127.0.0.1", 0)
    yield Listener(server.sockets[0].getsockname()[1], reached)
    server.close()
    await server.wait_closed()


@pytest.mark.parametrize("name", ["localhost", "rebound.example"])
async def test_a_name_that_leads_to_a_private_address_is_never_connected_to(listener: Listener, name: str) -> None:
    resolver = Turning("127.0.0.1")
    rules = SourceRules(frozenset(), MAX_BYTES, 5.0, 5)
    with pytest.raises(ApiError) as error:
        await fetch(f"https://{name}:{listener.port}/", rules, resolver)
    assert fault_of(error) is Fault.CONTENT_SOURCE_NOT_ACCESSIBLE
    assert resolver.questions == 1
    assert not listener.reached


async def test_the_name_of_this_machine_is_refused_with_the_real_resolver(listener: Listener) -> None:
    with pytest.raises(ApiError):
        await fetch(f"https://localhost:{listener.port}/", SourceRules(frozenset(), MAX_BYTES, 5.0, 5))
    assert not listener.reached


async def test_the_address_that_was_checked_is_the_one_connected_to(
    listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []
    monkeypatch.setattr(guard, "check_address", checked.append)
    resolver = Turning("127.0.0.1", "127.0.0.2", "127.0.0.3")
    with pytest.raises(ApiError):
        await fetch(f"https://rebound.example:{listener.port}/", SourceRules(frozenset(), MAX_BYTES, 5.0, 5), resolver)
    assert resolver.questions == 1
    assert set(checked) == {"127.0.0.1"}
    assert len(checked) == len(listener.reached)
