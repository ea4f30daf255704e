"""A sealed object opens whole, in its own place and with its own key, or not at all."""

from __future__ import annotations

import ast
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from service.vault.context import Context, Kind
from service.vault.envelope import DataKey, Sealed, TamperedError, open_sealed, recognize, seal

ROOT = Path(__file__).parents[3]
KEY, KEY_ID = DataKey(b"k" * 32), b"i" * 16
CONTEXT = Context(Kind.INPUT, "clinic", "p", "j", datetime(2026, 3, 1, tzinfo=UTC))
CHUNK, PREFIX, TAG = 16 * 1024, 17 + 56, 16
SMALL = seal(KEY, KEY_ID, CONTEXT, b"a document").data
LARGE = seal(KEY, KEY_ID, CONTEXT, bytes(3 * CHUNK + 5)).data
objects = st.sampled_from([SMALL, LARGE])

edges = st.one_of(*(st.integers(max(0, at - 2), at + 2) for at in (0, CHUNK, 2 * CHUNK, 1024 * 1024, 65 * CHUNK)))


def refused(untrusted: bytes) -> None:
    with pytest.raises(TamperedError):
        open_sealed(KEY, CONTEXT, untrusted)


@given(edges)
def test_every_length_comes_back(length: int) -> None:
    plain = bytes(range(256)) * (length // 256) + bytes(length % 256)
    sealed = seal(KEY, KEY_ID, CONTEXT, plain)
    assert open_sealed(KEY, CONTEXT, sealed.data) == plain
    assert len(sealed.data) == PREFIX + length + TAG * (length // CHUNK + 1)


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_any_kind_of_bytes_can_be_sealed(kind: type) -> None:
    assert open_sealed(KEY, CONTEXT, seal(KEY, KEY_ID, CONTEXT, kind(b"text")).data) == b"text"


def test_format_and_key_id_come_first_and_no_two_objects_are_alike() -> None:
    one, other = (seal(KEY, KEY_ID, CONTEXT, b"text") for _ in range(2))
    assert one.data[:17] == b"\x01" + KEY_ID
    assert one.key_id == KEY_ID
    assert one.data[17:41] != other.data[17:41]


@given(objects, st.data())
def test_a_flipped_bit_is_noticed(stored: bytes, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(stored) - 1))
    flip = 1 << data.draw(st.integers(0, 7))
    refused(stored[:at] + bytes([stored[at] ^ flip]) + stored[at + 1 :])


def test_a_flip_of_any_byte_of_a_small_object_is_noticed() -> None:
    for at in range(len(SMALL)):
        refused(SMALL[:at] + bytes([SMALL[at] ^ 0x80]) + SMALL[at + 1 :])


@given(objects, st.data())
@example(LARGE, None)
def test_a_cut_is_noticed(stored: bytes, data: st.DataObject | None) -> None:
    lengths = range(PREFIX, len(stored), CHUNK + TAG) if data is None else [data.draw(st.integers(0, len(stored) - 1))]
    for length in lengths:
        refused(stored[:length])


@given(objects, st.binary(min_size=1, max_size=64))
def test_more_bytes_are_noticed(stored: bytes, more: bytes) -> None:
    refused(stored + more)
    refused(more + stored)


@given(objects, st.data())
def test_a_missing_or_doubled_stretch_is_noticed(stored: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(stored) - 1))
    end = data.draw(st.integers(start + 1, len(stored)))
    refused(stored[:start] + stored[end:])
    refused(stored[:end] + stored[start:])


@given(st.permutations(range(4)))
def test_chunks_in_another_order_are_noticed(order: list[int]) -> None:
    assume(order != sorted(order))
    chunks = [LARGE[PREFIX + number * (CHUNK + TAG) :][: CHUNK + TAG] for number in range(4)]
    refused(LARGE[:PREFIX] + b"".join(chunks[number] for number in order))


@given(st.integers(1, len(SMALL) - 1))
def test_two_objects_of_one_key_and_place_cannot_be_spliced(at: int) -> None:
    other = seal(KEY, KEY_ID, CONTEXT, b"a DOCUMENT").data
    spliced = SMALL[:at] + other[at:]
    assume(spliced not in (SMALL, other))
    refused(spliced)


@given(st.binary(max_size=200))
def test_any_bytes_are_refused(untrusted: bytes) -> None:
    refused(untrusted)
    refused(b"\x01" + untrusted)


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTEXT, kind=Kind.RESULT),
        replace(CONTEXT, tenant="clinic2"),
        replace(CONTEXT, principal="q"),
        replace(CONTEXT, job="k"),
        replace(CONTEXT, accepted=datetime(2026, 3, 1, 0, 0, 0, 1, tzinfo=UTC)),
        replace(CONTEXT, part="1"),
    ],
)
def test_another_place_opens_nothing(other: Context) -> None:
    with pytest.raises(TamperedError):
        open_sealed(KEY, other, SMALL)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(TamperedError):
        open_sealed(DataKey.generate(), CONTEXT, SMALL)


def test_what_was_stored_can_be_stored_again() -> None:
    assert recognize(SMALL).data == SMALL
    for untrusted in (b"", SMALL[: PREFIX + TAG - 1], b"\x00" + SMALL[1:], b"\x02" + SMALL[1:]):
        with pytest.raises(TamperedError):
            recognize(untrusted)


def test_an_error_carries_nothing() -> None:
    with pytest.raises(TamperedError) as error:
        open_sealed(KEY, CONTEXT, SMALL[:-1] + b"\x00")
    assert error.value.args == ()
    assert error.value.__suppress_context__ or error.value.__context__ is None


@pytest.mark.parametrize("length", [0, 15, 17])
def test_a_key_id_has_its_length(length: int) -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        seal(KEY, bytes(length), CONTEXT, b"")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_data_key_has_its_length(length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(bytes(length))


def test_only_the_vault_makes_sealed_objects() -> None:
    with pytest.raises(TypeError):
        Sealed(b"clear text", object())
    makers = [
        str(path.relative_to(ROOT))
        for folder in ("contract", "engine", "service", "analyze", "results", "cleanup", "models", "local")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", None)) == "Sealed"
    ]
    assert set(makers) == {"service/vault/envelope.py"}
    assert "clear" not in repr(recognize(SMALL))


def test_sealing_and_opening_need_the_memory_of_their_output_once() -> None:
    plain = bytes(16 * 1024 * 1024)
    stored = seal(KEY, KEY_ID, CONTEXT, plain).data
    for step in (lambda: seal(KEY, KEY_ID, CONTEXT, plain), lambda: open_sealed(KEY, CONTEXT, stored)):
        tracemalloc.start()
        done = step()
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert done
        assert peak < 1.2 * len(plain)
