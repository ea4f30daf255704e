"""The query and body of an analyze request."""

from __future__ import annotations

import base64
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyze.request import decode_base64, parse_options, parse_source
from contract.errors import ApiError, Fault
from contract.options import ContentFormat, Feature, Output, StringIndexType


def pages(text: str, count: int) -> list[int]:
    return list(parse_options("prebuilt-read", {"pages": text}).selected(count))


@pytest.mark.parametrize(
    ("text", "count", "expected"),
    [
        ("", 3, [1, 2, 3]),
        ("2", 3, [2]),
        ("1-3,5", 9, [1, 2, 3, 5]),
        ("1-3, 5", 9, [1, 2, 3, 5]),
        ("5-", 7, [5, 6, 7]),
        ("-2", 7, [1, 2]),
        ("5-100", 6, [5, 6]),
        ("3,1,3", 3, [1, 3]),
    ],
)
def test_pages_are_chosen(text: str, count: int, expected: list[int]) -> None:
    assert pages(text, count) == expected


@pytest.mark.parametrize("text", ["0", "0-3", "3-1", "a", "1,,2", "-", "1-2-3", "1;2", "99999999", "١"])
def test_malformed_pages_are_refused_by_name(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        pages(text, 9)
    assert refused.value.fault is Fault.INVALID_PARAMETER
    assert refused.value.target == "pages"


@given(st.text(max_size=12))
def test_any_pages_text_is_parsed_or_refused(text: str) -> None:
    with contextlib.suppress(ApiError):
        chosen = pages(text, 20)
        assert chosen == sorted(set(chosen))
        assert all(1 <= number <= 20 for number in chosen)


def test_defaults_are_those_of_the_protocol() -> None:
    options = parse_options("prebuilt-read", {"_overload": "analyzeDocument", "api-version": "x"})
    assert options.string_index_type is StringIndexType.TEXT_ELEMENTS
    assert options.content_format is ContentFormat.TEXT
    assert not options.features
    assert not options.outputs
    assert options.locale is None


def test_lists_and_choices_are_read() -> None:
    options = parse_options(
        "prebuilt-read",
        {
            "features": "barcodes,queryFields",
            "output": "pdf",
            "outputContentFormat": "markdown",
            "stringIndexType": "utf16CodeUnit",
            "queryFields": "NumberOfGuests, StoreNumber",
            "locale": "en-US",
        },
    )
    assert options.features == {Feature.BARCODES, Feature.QUERY_FIELDS}
    assert options.outputs == {Output.PDF}
    assert options.content_format is ContentFormat.MARKDOWN
    assert options.string_index_type is StringIndexType.UTF16_CODE_UNIT
    assert options.query_fields == ("NumberOfGuests", "StoreNumber")
    assert options.locale == "en-US"


@pytest.mark.parametrize(
    ("model_id", "output", "made"),
    [
        ("prebuilt-read", "pdf", True),
        ("prebuilt-layout", "figures", True),
        ("prebuilt-layout", "pdf", False),
        ("prebuilt-read", "figures", False),
        ("prebuilt-read", "pdf,figures", False),
    ],
)
def test_a_file_can_be_asked_of_the_model_that_makes_it(model_id: str, output: str, made: bool) -> None:
    if made:
        assert parse_options(model_id, {"output": output}).outputs == {Output(output)}
        return
    with pytest.raises(ApiError) as refused:
        parse_options(model_id, {"output": output})
    assert (refused.value.fault, refused.value.target) == (Fault.INVALID_PARAMETER, "output")


@pytest.mark.parametrize(
    "query",
    [
        {"features": "teleport"},
        {"output": "gif"},
        {"outputContentFormat": "html"},
        {"outputContentFormat": "text,markdown"},
        {"stringIndexType": "bytes"},
        {"locale": "not a locale"},
        {"queryFields": ",".join(f"F{number}" for number in range(21))},
        {"queryFields": "<script>"},
    ],
)
def test_unknown_values_are_refused_by_name(query: dict[str, str]) -> None:
    with pytest.raises(ApiError) as refused:
        parse_options("prebuilt-read", query)
    assert refused.value.fault is Fault.INVALID_PARAMETER
    assert refused.value.target == next(iter(query))


def test_a_body_names_exactly_one_source() -> None:
    assert parse_source(b'{"urlSource": "https://example.com/a.pdf"}').url_source == "https://example.com/a.pdf"
    assert parse_source(b'{"base64Source": "QQ=="}').base64_source == "QQ=="
    for body in (b"{}", b'{"urlSource": "https://a", "base64Source": "QQ=="}'):
        with pytest.raises(ApiError) as refused:
            parse_source(body)
        assert refused.value.fault is Fault.INVALID_CONTENT_SOURCE_FORMAT


@pytest.mark.parametrize("body", [b"", b"[]", b"nonsense", b'{"urlSource": 3}', b"\xff", b'{"a":' + b"[" * 99_999])
def test_a_body_that_is_no_request_is_refused(body: bytes) -> None:
    with pytest.raises(ApiError) as refused:
        parse_source(body)
    assert refused.value.fault is Fault.INVALID_REQUEST


@given(st.binary(max_size=200))
def test_base64_gives_back_the_document(document: bytes) -> None:
    assert decode_base64(base64.b64encode(document).decode()) == document


@pytest.mark.parametrize("text", ["!", "QQ=", "QQ==\u00e9", "Q Q = ="])
def test_broken_base64_is_refused(text: str) -> None:
    with pytest.raises(ApiError) as refused:
        decode_base64(text)
    assert refused.value.fault is Fault.INVALID_CONTENT_SOURCE_FORMAT
