"""Which function takes a request, by the rules of the Functions host.

Functions are tried in the alphabetical order of their names, case ignored; no template comes before
another. A function that does not take the verb is passed over, and what nobody takes is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

_ENCODED_SLASH = re.compile(r"(%2f)", re.IGNORECASE)
_PARAMETER = re.compile(r"\{(\*?)([A-Za-z_]\w*)\}")


class InvalidTemplate(ValueError):
    """A route uses something of ASP.NET routing that this host does not know."""


@dataclass(frozen=True)
class Template:
    """A compiled route template: literals, `{name}` and, at the end, `{*rest}`."""

    segments: tuple[re.Pattern[str], ...]
    catch_all: str | None

    @classmethod
    def compile(cls, route: str) -> Template:
        """Read a template such as `models/{id}:analyze`; raises InvalidTemplate for constraints and defaults."""
        parts = [part for part in route.strip("/").split("/") if part]
        catch_all = None
        if parts and (rest := _PARAMETER.fullmatch(parts[-1])) and rest[1]:
            catch_all = rest[2]
            parts.pop()
        return cls(tuple(_segment(part) for part in parts), catch_all)

    def match(self, segments: Sequence[str]) -> Mapping[str, str] | None:
        """The route parameters of a decoded path; None when the path is not of this template."""
        given = len(segments)
        if given < len(self.segments) or (given > len(self.segments) and self.catch_all is None):
            return None
        values: dict[str, str] = {}
        for pattern, segment in zip(self.segments, segments, strict=False):
            found = pattern.fullmatch(segment)
            if found is None:
                return None
            values.update(found.groupdict())
        if self.catch_all is not None and given > len(self.segments):
            values[self.catch_all] = "/".join(segments[len(self.segments) :])
        return values


@dataclass(frozen=True)
class Route:
    """A function's address. No verbs means every verb."""

    name: str
    template: Template
    verbs: frozenset[str]


@dataclass(frozen=True)
class Match:
    """The function that takes a request, and the values of its template's parameters."""

    name: str
    parameters: Mapping[str, str]


class RouteTable:
    """All routes in the order in which they are tried."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._routes = sorted(routes, key=lambda route: route.name.upper())

    def find(self, verb: str, untrusted_path: str) -> Match | None:
        """The first function that takes a verb on a path as it stands in the request line, without query."""
        segments = decode(untrusted_path)
        for route in self._routes:
            if route.verbs and verb.upper() not in route.verbs:
                continue
            parameters = route.template.match(segments)
            if parameters is not None:
                return Match(route.name, parameters)
        return None


def decode(untrusted_path: str) -> list[str]:
    """The segments of a path, percent-decoded but for %2F: an encoded slash separates nothing."""
    path = untrusted_path.removeprefix("/").removesuffix("/")
    if not path:
        return []
    return [_decode_segment(segment) for segment in path.split("/")]


def _decode_segment(segment: str) -> str:
    pieces = _ENCODED_SLASH.split(segment)
    return "".join(piece if _ENCODED_SLASH.fullmatch(piece) else unquote(piece) for piece in pieces)


def _segment(part: str) -> re.Pattern[str]:
    """A segment of literals and parameters as a pattern.

    The host matches from the right to the last place of each literal. Greedy groups do the same: in
    `{id}:analyze` the id keeps every colon but the last.
    """
    pattern, end = "", 0
    for found in _PARAMETER.finditer(part):
        if found[1]:
            raise InvalidTemplate(f"a catch-all must be the whole last segment: {part}")
        pattern += re.escape(_literal(part[end : found.start()])) + f"(?P<{found[2]}>.+)"
        end = found.end()
    pattern += re.escape(_literal(part[end:]))
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def _literal(text: str) -> str:
    if set(text) & set("{}?"):
        raise InvalidTemplate(f"only literals, {{name}} and {{*rest}} are known: {text}")
    return text
