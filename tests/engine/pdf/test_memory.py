"""A document is read where it lies."""

from __future__ import annotations

import ctypes
import mmap

import pytest

from engine.pdf.memory import address_of


@pytest.mark.parametrize(
    "view", [memoryview(b"some bytes"), memoryview(bytearray(b"some bytes")), memoryview(b"so some bytes")[3:]]
)
def test_the_bytes_are_at_the_address(view: memoryview) -> None:
    with address_of(view) as address:
        assert ctypes.string_at(address, len(view)) == b"some bytes"


def test_a_read_only_mapping_has_an_address_and_can_be_closed_after() -> None:
    mapping = mmap.mmap(-1, 4096)
    view = memoryview(mapping).toreadonly()
    with address_of(view) as address:
        mapping[:4] = b"here"
        assert ctypes.string_at(address, 4) == b"here"
        with pytest.raises(BufferError):
            mapping.close()
    view.release()
    mapping.close()


def test_a_view_with_steps_has_no_address() -> None:
    with pytest.raises(BufferError), address_of(memoryview(b"abcdef")[::2]):
        pass
