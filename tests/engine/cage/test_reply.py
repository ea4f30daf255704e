"""The framing of a reply, over all that a child could write."""

from __future__ import annotations

import itertools
import struct
from contextlib import suppress

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contract.errors import ApiError, Detail, Fault
from engine.cage.reply import BadReplyError, FaultNote, ReplyKind, ReplyReader, frame, frame_error

MOST_BYTES = 2_000


def read(untrusted: bytes, cuts: list[int] | None = None) -> bytes:
    """Feed bytes in chunks that end at `cuts`."""
    reader = ReplyReader(MOST_BYTES)
    edges = [0, *sorted(cut % (len(untrusted) + 1) for cut in cuts or ()), len(untrusted)]
    for start, end in itertools.pairwise(edges):
        reader.feed(untrusted[start:end])
    return reader.finish()


@given(st.binary(max_size=MOST_BYTES), st.lists(st.integers(0, 3_000)))
def test_a_result_comes_back_however_it_is_cut(payload: bytes, cuts: list[int]) -> None:
    assert read(frame(ReplyKind.RESULT, payload), cuts) == payload


@given(st.binary(max_size=200), st.lists(st.integers(0, 300)))
def test_any_bytes_are_a_result_a_fault_or_no_reply(untrusted: bytes, cuts: list[int]) -> None:
    with suppress(BadReplyError, ApiError):
        read(untrusted, cuts)


@given(st.sampled_from([1, 2]), st.binary(max_size=100))
def test_any_note_is_a_fault_of_the_document_or_no_reply(kind: int, untrusted: bytes) -> None:
    with pytest.raises((BadReplyError, ApiError)) as raised:
        read(struct.pack(">BQ", kind, len(untrusted)) + untrusted)
    if isinstance(raised.value, ApiError):
        assert raised.value.fault.status == 400
        assert raised.value.detail in (None, *Detail)


@given(st.binary(max_size=100), st.integers(0, 108))
def test_a_reply_that_is_cut_short_is_no_reply(payload: bytes, kept: int) -> None:
    whole = frame(ReplyKind.RESULT, payload)
    with pytest.raises(BadReplyError, match="cut short"):
        read(whole[: kept % len(whole)])


@given(st.binary(max_size=100), st.binary(min_size=1, max_size=10))
def test_a_reply_with_more_behind_it_is_no_reply(payload: bytes, more: bytes) -> None:
    with pytest.raises(BadReplyError, match="longer than announced"):
        read(frame(ReplyKind.RESULT, payload) + more)


@given(st.integers(MOST_BYTES + 1, 2**64 - 1))
def test_an_announced_length_is_checked_before_a_byte_of_it_comes(length: int) -> None:
    with pytest.raises(BadReplyError, match="too long"):
        ReplyReader(MOST_BYTES).feed(struct.pack(">BQ", 0, length))


@given(st.sampled_from([fault for fault in Fault if fault.status == 400]), st.none() | st.just("pages"))
def test_a_fault_crosses_by_name_and_target(fault: Fault, target: str | None) -> None:
    with pytest.raises(ApiError) as refused:
        read(frame_error(ApiError(fault, "a sentence from the document", target)))
    assert (refused.value.fault, refused.value.detail, refused.value.target) == (fault, None, target)


@pytest.mark.parametrize("detail", Detail)
def test_a_detail_crosses_as_one_of_the_known_ones(detail: Detail) -> None:
    framed = frame_error(ApiError(Fault.INVALID_CONTENT, detail))
    assert detail.value.encode() not in framed
    with pytest.raises(ApiError) as refused:
        read(framed)
    assert refused.value.detail is detail


@pytest.mark.parametrize(
    "note",
    [
        FaultNote("NO_SUCH_FAULT", None),
        FaultNote("UNAUTHORIZED", None),
        FaultNote("SERVICE_UNAVAILABLE", None),
        FaultNote("INVALID_CONTENT", "a b"),
        FaultNote("INVALID_CONTENT", None, "a sentence of the child's own"),
    ],
)
def test_a_fault_that_is_not_the_documents_does_not_cross(note: FaultNote) -> None:
    with pytest.raises(BadReplyError):
        read(frame(ReplyKind.FAULT, msgspec.msgpack.encode(note)))


@pytest.mark.parametrize("kind", [ReplyKind.FAULT, ReplyKind.FAILURE])
def test_a_note_that_is_no_text_does_not_cross(kind: ReplyKind) -> None:
    payload = msgspec.msgpack.encode({"fault": "INVALID_CONTENT", "target": None, "place": "x:1 Error"})
    with pytest.raises(BadReplyError, match="malformed"):
        read(frame(kind, payload.replace(b"INVALID", b"INV\xffLID").replace(b"Error", b"Err\xffr")))


def test_a_failure_crosses_as_a_place_and_a_class() -> None:
    try:
        {}["a word of the document"]
    except KeyError as error:
        framed = frame_error(error)
    with pytest.raises(BadReplyError, match=r"^failed at [\w.]+:\d+ KeyError$"):
        read(framed)
    assert b"word" not in framed
