"""The HTTP functions in this process, over memory storage unless told otherwise, and a clock moved by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import azure.functions as func

import analyze.http
import models.http
import results.http
from contract.ids import API_VERSION
from local import functions
from local.routes import RouteTable
from service import parts
from service.clock import ManualClock
from service.jobs.bell import Bell
from service.settings import Settings
from service.store.contract import Store
from service.store.memory import MemoryStore
from service.store.preflight import AlwaysForgets, Preflight
from tests.service.jobs.conftest import World, build


@dataclass(frozen=True)
class Seen:
    """All that a client sees of an answer but the id that every answer has for itself."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Door:
    """Takes requests as the Functions host would hand them over; `world` is what lies behind it."""

    def __init__(
        self, clock: ManualClock, keys_dir: Path, store: Store | None = None, preflight: Preflight | None = None
    ) -> None:
        store = store or MemoryStore(clock)
        self.world: World = build(store, clock, keys_dir)
        settings = Settings.from_environment({"DOCUMENTS": "memory", "KEYS_DIR": str(keys_dir), "HOLD_SECONDS": "0"})
        app = func.FunctionApp()
        for edge in (analyze.http, results.http, models.http):
            app.register_functions(
                edge.functions(
                    parts.door(settings, store, preflight or AlwaysForgets(), Bell(clock, near=False), clock)
                )
            )
        self.functions = {function.name: function for function in functions.read(app, "").http}
        self._routes = RouteTable(function.route for function in self.functions.values())

    async def send(self, verb: str, path: str, key: str | None, body: bytes = b"") -> Seen:
        """The answer to one request; `path` has neither a leading slash nor a query."""
        match = self._routes.find(verb, path)
        assert match is not None, f"no function takes {verb} {path}"
        request = func.HttpRequest(
            verb,
            f"http://door.test/{path}?api-version={API_VERSION}",
            headers={"Ocp-Apim-Subscription-Key": key} if key is not None else {},
            route_params=match.parameters,
            body=body,
        )
        answer = await self.functions[match.name].handler(request)
        headers = {name.lower(): value for name, value in answer.headers.items() if name != "apim-request-id"}
        return Seen(answer.status_code, headers, answer.get_body())
