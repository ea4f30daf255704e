"""From the query and body of a client to typed options and a document."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

import msgspec

from contract.errors import ApiError, Fault
from contract.limits import MAX_QUERY_FIELDS
from contract.options import AnalyzeOptions, ContentFormat, Feature, Output, PageRange, StringIndexType

_RANGE = re.compile(r"(?P<first>[0-9]{1,6})?(?P<dash>-)?(?P<last>[0-9]{1,6})?")
_LOCALE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8}){0,3}")
_QUERY_FIELD = re.compile(r"[^\W\d][\w .-]{0,63}")
_MADE_BY = {Output.PDF: "prebuilt-read", Output.FIGURES: "prebuilt-layout"}
"""The one model that makes a file."""
_NO_SOURCE = (
    'The body is not a JSON object with "urlSource" or "base64Source". A document itself is sent as '
    "application/octet-stream."
)

_CHOICES = TypeVar("_CHOICES", bound=StrEnum)


class Source(msgspec.Struct, rename="camel"):
    """The JSON body of an analysis: exactly one of the two."""

    url_source: str | None = None
    base64_source: str | None = None


def parse_options(model_id: str, untrusted_query: Mapping[str, str]) -> AnalyzeOptions:
    """Check every query parameter of the contract; those it does not know are ignored.

    Raises:
        ApiError: INVALID_PARAMETER, with the name of the parameter as target.
    """
    outputs = frozenset(_choices(untrusted_query, "output", Output))
    for output in sorted(outputs):
        if model_id != _MADE_BY[output]:
            raise _invalid("output", f"{output} can be asked of {_MADE_BY[output]} only.")
    return AnalyzeOptions(
        model_id=model_id,
        pages=_pages(untrusted_query.get("pages", "")),
        locale=_locale(untrusted_query.get("locale", "")),
        string_index_type=_choice(untrusted_query, "stringIndexType", StringIndexType.TEXT_ELEMENTS),
        features=frozenset(_choices(untrusted_query, "features", Feature)),
        query_fields=_query_fields(untrusted_query.get("queryFields", "")),
        content_format=_choice(untrusted_query, "outputContentFormat", ContentFormat.TEXT),
        outputs=outputs,
    )


def parse_source(untrusted_body: bytes) -> Source:
    """Check a JSON body; raises ApiError when it does not name exactly one source."""
    try:
        source = msgspec.json.decode(untrusted_body, type=Source)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise ApiError(Fault.INVALID_REQUEST, _NO_SOURCE) from None
    if (source.url_source is None) == (source.base64_source is None):
        raise ApiError(Fault.INVALID_CONTENT_SOURCE_FORMAT)
    return source


def decode_base64(untrusted_text: str) -> bytes:
    """The document in a base64 source; raises ApiError(INVALID_CONTENT_SOURCE_FORMAT)."""
    try:
        return base64.b64decode(untrusted_text, validate=True)
    except (binascii.Error, ValueError):
        raise ApiError(Fault.INVALID_CONTENT_SOURCE_FORMAT) from None


def _invalid(name: str, rule: str) -> ApiError:
    return ApiError(Fault.INVALID_PARAMETER, f"The parameter {name} is invalid: {rule}", name)


def _pages(untrusted_text: str) -> tuple[PageRange, ...]:
    if not untrusted_text.strip():
        return ()
    wrong = _invalid("pages", "give page numbers from 1 and ranges, such as 1-3,5,7-.")
    ranges = []
    for part in untrusted_text.split(","):
        match = _RANGE.fullmatch(part.strip())
        if match is None or not (match["first"] or match["last"]):
            raise wrong
        first = int(match["first"] or 1)
        last = None if match["dash"] and not match["last"] else int(match["last"] or first)
        if first < 1 or (last is not None and last < first):
            raise wrong
        ranges.append(PageRange(first, last))
    return tuple(ranges)


def _locale(untrusted_text: str) -> str | None:
    if not untrusted_text:
        return None
    if not _LOCALE.fullmatch(untrusted_text):
        raise _invalid("locale", "give a language code such as en or a BCP 47 tag such as en-US.")
    return untrusted_text


def _query_fields(untrusted_text: str) -> tuple[str, ...]:
    fields = [part.strip() for part in untrusted_text.split(",") if part.strip()]
    if len(fields) > MAX_QUERY_FIELDS:
        raise _invalid("queryFields", f"at most {MAX_QUERY_FIELDS} fields can be asked for.")
    if not all(_QUERY_FIELD.fullmatch(name) for name in fields):
        raise _invalid("queryFields", "a name starts with a letter and has at most 64 characters.")
    return tuple(dict.fromkeys(fields))


def _choice(untrusted_query: Mapping[str, str], name: str, default: _CHOICES) -> _CHOICES:
    chosen = list(_choices(untrusted_query, name, type(default)))
    if len(chosen) > 1:
        raise _invalid(name, "give one value.")
    return chosen[0] if chosen else default


def _choices(untrusted_query: Mapping[str, str], name: str, kind: type[_CHOICES]) -> list[_CHOICES]:
    values = {member.value.lower(): member for member in kind}
    parts = [part.strip().lower() for part in untrusted_query.get(name, "").split(",") if part.strip()]
    if any(part not in values for part in parts):
        raise _invalid(name, f"the values are {', '.join(kind)}.")
    return [values[part] for part in parts]
