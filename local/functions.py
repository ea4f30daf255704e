"""What a FunctionApp declares, read through the public API of azure-functions."""

from __future__ import annotations

import typing
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import azure.functions as func

from local.routes import Route, Template

Handler = Callable[..., Any]


class UnsupportedFunction(ValueError):
    """A function has a trigger, binding or type that this host does not know."""


@dataclass(frozen=True)
class HttpFunction:
    """A function that answers HTTP requests."""

    name: str
    handler: Handler
    argument: str
    route: Route


@dataclass(frozen=True)
class BlobFunction:
    """A function that runs for each new version of a blob; `blob_type` is the SDK type it is given."""

    name: str
    handler: Handler
    argument: str
    blob_type: type
    path: str
    connection: str


@dataclass(frozen=True)
class TimerFunction:
    """A function that runs by the clock; `schedule` is an NCRONTAB of six fields, in UTC."""

    name: str
    handler: Handler
    argument: str
    schedule: str
    run_on_startup: bool


@dataclass(frozen=True)
class Functions:
    """All functions of an app by trigger."""

    http: tuple[HttpFunction, ...]
    blobs: tuple[BlobFunction, ...]
    timers: tuple[TimerFunction, ...]


def read(app: func.FunctionApp, route_prefix: str) -> Functions:
    """Read the functions of an app.

    Raises:
        UnsupportedFunction: for a trigger other than HTTP, blob and timer, for further bindings, and for a
            blob argument that is not of an SDK type.
        InvalidTemplate: for a route with constraints or defaults.
    """
    https: list[HttpFunction] = []
    blobs: list[BlobFunction] = []
    timers: list[TimerFunction] = []
    for function in app.get_functions():
        trigger = function.get_trigger()
        if trigger is None:
            raise UnsupportedFunction(f"{function.get_function_name()} has no trigger")
        name, handler, binding = (
            str(function.get_function_name()),
            function.get_user_function(),
            trigger.get_dict_repr(),
        )
        if any(other["type"] not in (binding["type"], "http") for other in function.get_bindings_dict()["bindings"]):
            raise UnsupportedFunction(f"{name} has bindings besides its trigger")
        if function.is_http_function():
            https.append(_http(name, handler, binding, route_prefix))
        elif binding["type"] == "blobTrigger":
            blobs.append(_blob(name, handler, binding))
        elif binding["type"] == "timerTrigger":
            timers.append(
                TimerFunction(name, handler, binding["name"], binding["schedule"], bool(binding.get("runOnStartup")))
            )
        else:
            raise UnsupportedFunction(f"{name} has a {binding['type']}")
    return Functions(tuple(https), tuple(blobs), tuple(timers))


def _http(name: str, handler: Handler, binding: dict[str, Any], prefix: str) -> HttpFunction:
    path = "/".join(part for part in (prefix.strip("/"), (binding.get("route") or name).strip("/")) if part)
    verbs = frozenset(str(getattr(verb, "value", verb)).upper() for verb in binding.get("methods") or ())
    return HttpFunction(name, handler, binding["name"], Route(name, Template.compile(path), verbs))


def _blob(name: str, handler: Handler, binding: dict[str, Any]) -> BlobFunction:
    kind = typing.get_type_hints(handler).get(binding["name"])
    if not isinstance(kind, type) or not kind.__module__.startswith("azurefunctions.extensions."):
        raise UnsupportedFunction(f"{name} must take an SDK type of azurefunctions.extensions.bindings.blob")
    return BlobFunction(name, handler, binding["name"], kind, binding["path"], binding["connection"])
