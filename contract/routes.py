"""The routes of the protocol: templates in the syntax of the Functions host, and their verbs."""

from __future__ import annotations

import re
from typing import Final

_BASE = "documentintelligence"

ANALYZE: Final = f"{_BASE}/documentModels/{{modelId}}:analyze"
RESULT: Final = f"{_BASE}/documentModels/{{modelId}}/analyzeResults/{{resultId}}"
PDF: Final = f"{RESULT}/pdf"
FIGURE: Final = f"{RESULT}/figures/{{figureId}}"
MODELS: Final = f"{_BASE}/documentModels"
MODEL: Final = f"{_BASE}/documentModels/{{modelId}}"
INFO: Final = f"{_BASE}/info"
RECEIPTS: Final = "privacy/receipts/{resultId}"
HEALTH: Final = "health"
JWKS: Final = ".well-known/ephemera/jwks.json"
LEDGER_HEAD: Final = ".well-known/ephemera/ledger-head.json"
EVERYTHING_ELSE: Final = f"{_BASE}/{{*rest}}"

VERBS: Final[dict[str, tuple[str, ...]]] = {
    ANALYZE: ("POST",),
    RESULT: ("GET", "DELETE"),
    PDF: ("GET",),
    FIGURE: ("GET",),
    MODELS: ("GET",),
    MODEL: ("GET",),
    INFO: ("GET",),
    RECEIPTS: ("GET",),
}
"""Every route that asks for a key, with the verbs it takes."""

PUBLIC: Final[dict[str, tuple[str, ...]]] = {
    HEALTH: ("GET",),
    JWKS: ("GET",),
    LEDGER_HEAD: ("GET",),
}
"""Every route that asks for no key; what they answer is the same for everybody."""


def is_known(untrusted_path: str) -> bool:
    """True when a path, without leading slash, has a route, whatever the verb."""
    return any(_pattern(template).fullmatch(untrusted_path) for template in VERBS)


def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)), re.IGNORECASE)
