"""`local.routes`: any path is one function's or nobody's, and no parameter holds a slash.

Only the catch-all, which is for what no other route takes, may hold slashes.
"""

from __future__ import annotations

from contract import routes
from local.routes import Route, RouteTable, Template

_TABLE = RouteTable(
    [
        *(Route(f"R{number}", Template.compile(route), frozenset(verbs))
          for number, (route, verbs) in enumerate(routes.VERBS.items())),
        Route("Z", Template.compile(routes.EVERYTHING_ELSE), frozenset()),
    ]
)  # fmt: skip

SEEDS = (
    b"\0/documentintelligence/documentModels/prebuilt-read:analyze",
    b"\0/documentintelligence/documentModels/a:b%3Aanalyze:analyze",
    b"\1/documentintelligence/documentModels/prebuilt-read/analyzeResults/01a20b22-ae5f-7337-86f2-5af92e7016fa",
    b"\1/DocumentIntelligence/documentModels/%2F%2e%2e%2f/",
    b"\1/documentintelligence/info",
)


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    verb = "POST" if data[:1] == b"\0" else "GET"
    match = _TABLE.find(verb, data[1:].decode("latin-1"))
    if match is not None and match.name != "Z":
        assert all(value and "/" not in value for value in match.parameters.values())
