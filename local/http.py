"""HTTP in and out: aiohttp requests become azure.functions requests, and answers go back.

The limits and refusals are those of the Functions host: nothing but a status and an empty body.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from http import HTTPStatus
from urllib.parse import parse_qsl

import azure.functions as func
from aiohttp import web

from local.functions import HttpFunction
from local.invoke import Invoker, log_failure
from local.routes import RouteTable

#: aiohttp logs a malformed request with the line itself, which may carry a name or a key.
_SILENT = logging.Logger("local.http", logging.CRITICAL + 1)
_SAFE_VERBS = frozenset({"GET", "HEAD", "OPTIONS"})


class HttpServer:
    """Serves the HTTP functions of an app on one address.

    `max_body_bytes` is the largest body taken, 413 above it. `grace_seconds` is how long requests that
    run at `stop` may take to end. `after_write` is called when a request that may have changed something
    has been answered.
    """

    def __init__(
        self,
        functions: Iterable[HttpFunction],
        invoker: Invoker,
        *,
        max_body_bytes: int,
        grace_seconds: float,
        after_write: Callable[[], None],
    ) -> None:
        self._functions = {function.name: function for function in functions}
        self._routes = RouteTable(function.route for function in self._functions.values())
        self._invoker = invoker
        self._max_body_bytes = max_body_bytes
        self._after_write = after_write
        application = web.Application(client_max_size=max_body_bytes)
        application.router.add_route("*", "/{path:.*}", self._serve)
        # A client that goes away does not stop a function half way: aiohttp lets its handler run on.
        self._runner = web.AppRunner(
            application, access_log=None, logger=_SILENT, handler_cancellation=False, shutdown_timeout=grace_seconds
        )

    async def start(self, address: str, port: int) -> int:
        """Listen, and return the port: a free one when `port` is 0. Raises OSError when it is taken."""
        await self._runner.setup()
        site = web.TCPSite(self._runner, address, port)
        await site.start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening, let running requests end within the grace time, then close their connections."""
        await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        target = request.raw_path
        path, _, query = target.partition("?")
        match = self._routes.find(request.method, path)
        if match is None:
            return web.Response(status=HTTPStatus.NOT_FOUND)
        if (request.content_length or 0) > self._max_body_bytes:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        try:
            body = await request.read()
        except web.HTTPRequestEntityTooLarge:
            return web.Response(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        converted = func.HttpRequest(
            request.method,
            f"{request.scheme}://{request.host}{target}",
            headers=_joined(request.headers.items()),
            params=_joined(parse_qsl(query, keep_blank_values=True)),
            route_params=match.parameters,
            body=body,
        )
        function = self._functions[match.name]
        try:
            answer = await self._invoker.call(function.handler, {function.argument: converted})
            response = respond(answer)
        except Exception as failure:
            log_failure(function.name, failure)
            return web.Response(status=HTTPStatus.INTERNAL_SERVER_ERROR)
        if request.method not in _SAFE_VERBS:
            self._after_write()
        return response


def respond(answer: object) -> web.Response:
    """The response for what a function returned; raises TypeError for all but HttpResponse and text."""
    if isinstance(answer, str):
        answer = func.HttpResponse(answer)
    if not isinstance(answer, func.HttpResponse):
        raise TypeError("an HTTP function must return an HttpResponse or text")
    response = web.Response(status=answer.status_code, body=answer.get_body())
    for name, value in answer.headers.items():
        if name.lower() == "content-type":
            response.headers[name] = value
        else:
            response.headers.add(name, value)
    if "Content-Type" not in answer.headers:
        charset = f"; charset={answer.charset}" if answer.mimetype.startswith("text/") else ""
        response.headers["Content-Type"] = f"{answer.mimetype}{charset}"
    return response


def _joined(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Values by name; the host joins those that come more than once with commas."""
    joined: dict[str, str] = {}
    for name, value in pairs:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    return joined
