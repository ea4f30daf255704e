"""The published description of the protocol (Swagger 2.0), as something an answer can be held against."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from jsonschema import Draft4Validator, FormatChecker

#: Members that the description leaves out, although official samples of the same version read them.
EXTRAS = {"DocumentIntelligenceResourceDetails": {"customNeuralDocumentModelBuilds"}}

FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_a_moment(value: object) -> bool:
    return not isinstance(value, str) or (datetime.fromisoformat(value).tzinfo is not None and "T" in value)


@FORMATS.checks("uri")
def _is_absolute(value: object) -> bool:
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


@FORMATS.checks("uuid", raises=ValueError)
def _is_a_uuid(value: object) -> bool:
    return not isinstance(value, str) or str(UUID(value)) == value


@FORMATS.checks("int32")
def _fits_into_32_bits(value: object) -> bool:
    return not isinstance(value, int) or -(2**31) <= value < 2**31


class Swagger:
    """Answers must have what the description requires, and nothing that it does not know."""

    def __init__(self, path: Path) -> None:
        self._described = json.loads(path.read_text())
        for name, definition in self._described["definitions"].items():
            if "properties" in definition and "allOf" not in definition and "discriminator" not in definition:
                definition["properties"].update({extra: {} for extra in EXTRAS.get(name, ())})
                definition.setdefault("additionalProperties", False)

    def check(self, verb: str, template: str, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """Hold one answer against the operation at `template`, which starts with `documentintelligence`.

        Raises jsonschema.ValidationError, or AssertionError for what no schema can say.
        """
        operation = self._described["paths"][template.removeprefix("documentintelligence")][verb.lower()]
        expected = operation["responses"].get(str(status))
        if expected is None:
            assert status >= 400, f"{verb} {template} is not described to answer {status}"
            expected = operation["responses"]["default"]
        for name, schema in expected.get("headers", {}).items():
            self._check(int(headers[name]) if schema["type"] == "integer" else headers[name], schema)
        kind = headers["Content-Type"].partition(";")[0] if body else ""
        if expected.get("schema") == {"type": "file"}:
            assert kind != "application/json"
            assert kind in operation["produces"]
        elif "schema" in expected:
            assert kind == "application/json"
            self._check(json.loads(body), expected["schema"])
        else:
            assert body == b""

    def check_as(self, definition: str, value: Any) -> None:
        """Hold a value against a definition; raises jsonschema.ValidationError."""
        self._check(value, {"$ref": f"#/definitions/{definition}"})

    def _check(self, value: Any, schema: dict[str, Any]) -> None:
        whole = {"definitions": self._described["definitions"], "allOf": [schema]}
        Draft4Validator(whole, format_checker=FORMATS).validate(value)
