"""HTTP of the local host, over a real socket."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import azure.functions as func
import pytest
from yarl import URL

from local import functions
from local.functions import UnsupportedFunction
from local.http import HttpServer
from local.invoke import Invoker

LIMIT = 1000


@asynccontextmanager
async def serve(
    app: func.FunctionApp, writes: list[str] | None = None
) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    invoker = Invoker()
    server = HttpServer(
        functions.read(app, "").http,
        invoker,
        max_body_bytes=LIMIT,
        grace_seconds=5,
        after_write=lambda: (writes if writes is not None else []).append("write"),
    )
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession(auto_decompress=False) as client:
        yield f"http://127.0.0.1:{port}", client
    await server.stop()
    invoker.close()


@pytest.fixture
def app() -> func.FunctionApp:
    return func.FunctionApp(http_auth_level=func.AuthLevel.ANONYMOUS)


async def test_a_function_sees_the_request_as_the_client_sent_it(app: func.FunctionApp) -> None:
    seen: list[func.HttpRequest] = []

    @app.route("models/{modelId}:analyze", methods=["POST"])
    async def analyze(req: func.HttpRequest) -> func.HttpResponse:
        seen.append(req)
        return func.HttpResponse(status_code=202)

    async with serve(app) as (url, client):
        address = url + "/Models/a%2Fb:analyze?pages=1-3%2C5&empty=&tag=a&tag=b+c"
        headers = {"X-Two": "1", "Host": "documents.example:444"}
        async with client.post(URL(address, encoded=True), data=b"\x00body", headers=headers) as answer:
            assert answer.status == 202
    request = seen[0]
    assert request.method == "POST"
    assert request.url == "http://documents.example:444/Models/a%2Fb:analyze?pages=1-3%2C5&empty=&tag=a&tag=b+c"
    assert dict(request.route_params) == {"modelId": "a%2Fb"}
    assert dict(request.params) == {"pages": "1-3,5", "empty": "", "tag": "a,b c"}
    assert request.headers["x-two"] == "1"
    assert request.get_body() == b"\x00body"


async def test_the_answer_reaches_the_client_as_the_function_gave_it(app: func.FunctionApp) -> None:
    @app.route("json")
    async def as_json(req: func.HttpRequest) -> func.HttpResponse:
        headers = {"Operation-Location": "http://x/y", "Content-Type": "application/json; charset=utf-8"}
        return func.HttpResponse(b"{}", status_code=201, headers=headers)

    @app.route("text")
    def as_text(req: func.HttpRequest) -> str:
        return "grüße"

    @app.route("pdf")
    async def as_pdf(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(b"%PDF", mimetype="application/pdf")

    async with serve(app) as (url, client):
        async with client.get(url + "/json") as answer:
            assert (answer.status, await answer.read()) == (201, b"{}")
            assert answer.headers["Operation-Location"] == "http://x/y"
            assert answer.headers.getall("Content-Type") == ["application/json; charset=utf-8"]
        async with client.get(url + "/text") as answer:
            assert (answer.headers["Content-Type"], await answer.text()) == ("text/plain; charset=utf-8", "grüße")
        async with client.get(url + "/pdf") as answer:
            assert (answer.headers["Content-Type"], await answer.read()) == ("application/pdf", b"%PDF")


@pytest.mark.parametrize(("verb", "path"), [("GET", "/none"), ("POST", "/one"), ("HEAD", "/one"), ("OPTIONS", "/one")])
async def test_what_no_function_takes_is_404_with_an_empty_body(app: func.FunctionApp, verb: str, path: str) -> None:
    @app.route("one", methods=["GET"])
    async def one(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("one")

    async with serve(app) as (url, client), client.request(verb, url + path) as answer:
        assert (answer.status, await answer.read()) == (404, b"")


async def test_a_head_request_gets_no_body(app: func.FunctionApp) -> None:
    @app.route("one")
    async def one(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse("one")

    async with serve(app) as (url, client), client.head(url + "/one") as answer:
        assert (answer.status, answer.content_length, await answer.read()) == (200, 3, b"")


@pytest.mark.parametrize("kind", ["raises", "returns_nothing"])
async def test_a_failing_function_is_500_and_its_log_line_has_no_message(
    app: func.FunctionApp, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    @app.route("raises")
    async def raises(req: func.HttpRequest) -> func.HttpResponse:
        raise ValueError("a secret of the document")

    @app.route("returns_nothing")
    async def returns_nothing(req: func.HttpRequest) -> None: ...

    with caplog.at_level(logging.DEBUG, "local.host"):
        async with serve(app) as (url, client), client.get(f"{url}/{kind}") as answer:
            assert (answer.status, await answer.read()) == (500, b"")
    assert kind in caplog.text
    assert "secret" not in caplog.text


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize(("size", "status"), [(LIMIT, 200), (LIMIT + 1, 413)])
async def test_the_body_limit_holds_to_the_byte(app: func.FunctionApp, size: int, status: int, chunked: bool) -> None:
    @app.route("echo", methods=["POST"])
    async def echo(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse(str(len(req.get_body())))

    async def chunks() -> AsyncIterator[bytes]:
        yield b"x" * size

    async with serve(app) as (url, client):
        data = chunks() if chunked else b"x" * size
        async with client.post(url + "/echo", data=data) as answer:
            assert answer.status == status
            assert await answer.text() == (str(LIMIT) if status == 200 else "")


async def test_a_sync_function_runs_beside_the_loop_and_does_not_hold_it(app: func.FunctionApp) -> None:
    release = threading.Event()

    @app.route("slow")
    def slow(req: func.HttpRequest) -> str:
        return str(release.wait(10))

    @app.route("quick")
    async def quick(req: func.HttpRequest) -> func.HttpResponse:
        release.set()
        return func.HttpResponse("quick")

    async with serve(app) as (url, client):
        held = asyncio.create_task(client.get(url + "/slow"))
        async with client.get(url + "/quick") as answer:
            assert await answer.text() == "quick"
        assert await (await held).text() == "True"


async def test_a_client_that_goes_away_does_not_stop_a_function_half_way(app: func.FunctionApp) -> None:
    began, finish, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    @app.route("store", methods=["POST"])
    async def store(req: func.HttpRequest) -> func.HttpResponse:
        began.set()
        await finish.wait()
        ended.set()
        return func.HttpResponse("stored")

    async with serve(app) as (url, client):
        request = asyncio.create_task(client.post(url + "/store", data=b"x"))
        await began.wait()
        request.cancel()
        await asyncio.gather(request, return_exceptions=True)
        finish.set()
        await asyncio.wait_for(ended.wait(), 5)


async def test_only_requests_that_may_write_wake_the_blob_trigger(app: func.FunctionApp) -> None:
    @app.route("any")
    async def anything(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse()

    writes: list[str] = []
    async with serve(app, writes) as (url, client):
        async with client.get(url + "/any"):
            assert writes == []
        async with client.post(url + "/any"):
            assert writes == ["write"]


def test_functions_that_this_host_cannot_run_are_refused(app: func.FunctionApp) -> None:
    @app.queue_trigger("message", "queue", "STORAGE")
    async def on_message(message: func.QueueMessage) -> None: ...

    with pytest.raises(UnsupportedFunction, match="queueTrigger"):
        functions.read(app, "")


def test_a_blob_function_must_take_an_sdk_type(app: func.FunctionApp) -> None:
    @app.blob_trigger("data", "uploads/{name}", "DOCUMENTS")
    async def on_blob(data: func.InputStream) -> None: ...

    with pytest.raises(UnsupportedFunction, match="SDK type"):
        functions.read(app, "")


def test_the_route_prefix_stands_before_each_route_and_the_name_is_the_default_route(app: func.FunctionApp) -> None:
    @app.route(route="a/{b}")
    async def one(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse()

    @app.route()
    async def two(req: func.HttpRequest) -> func.HttpResponse:
        return func.HttpResponse()

    routes = {function.name: function.route.template for function in functions.read(app, "api").http}
    assert routes["one"].match(["api", "a", "1"]) == {"b": "1"}
    assert routes["two"].match(["api", "two"]) == {}
