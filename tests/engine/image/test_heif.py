"""HEIF images come out upright, and broken ones are refused.

What reads HEIF writes none, so the images lie here. pillow-heif 1.8.1, which is not installed with the
project, made them of Pillow's drawings: `upright` and `turned` of `tests.engine.images.marked`, the latter
stored turned, with the item property that turns it back; `second` of a red image and the marked one, which
is the primary one; `clear` with an alpha channel of zeros; `deep` white in ten bits; `hello` of that word.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from contract.errors import ApiError, Fault
from engine.formats import sniff
from engine.image import document, pixels
from engine.image.pixels import Picture

FILES = Path(__file__).parent / "heif"


def file(name: str) -> bytes:
    return (FILES / f"{name}.heic").read_bytes()


def decoded(untrusted: bytes) -> Picture:
    with document.opened(memoryview(untrusted), sniff(memoryview(untrusted))) as opened:
        assert len(opened.frames) == 1
        return pixels.decoded(opened, 0)


def sides_said(width: int, height: int) -> bytes:
    """An image that says it has other sides than it has."""
    whole = file("upright")
    place = whole.index(b"ispe") + 8
    return whole[:place] + width.to_bytes(4, "big") + height.to_bytes(4, "big") + whole[place + 8 :]


@pytest.mark.parametrize("name", ["upright", "turned", "second"])
def test_the_primary_image_is_shown_upright(name: str) -> None:
    picture = decoded(file(name))
    assert (picture.width, picture.height) == (200, 300)
    assert picture.pixels.shape == (300, 200, 3)
    assert np.allclose(picture.pixels[20, 20], (255, 0, 0), atol=12)
    assert np.allclose(picture.pixels[20, 80], (0, 0, 255), atol=12)


@pytest.mark.parametrize("brand", [b"mif1", b"msf1", b"heix", b"hevc", b"hevs"])
def test_the_image_of_a_sequence_is_read(brand: bytes) -> None:
    assert decoded(file("upright").replace(b"ftypheic", b"ftyp" + brand, 1)).width == 200


def test_transparent_pixels_are_paper() -> None:
    assert np.all(decoded(file("clear")).pixels == 255)


def test_ten_bits_become_eight() -> None:
    assert np.all(decoded(file("deep")).pixels == 255)


@pytest.mark.parametrize(
    ("untrusted", "fault"),
    [
        (sides_said(40, 40), Fault.INVALID_CONTENT_DIMENSIONS),
        (sides_said(10_001, 300), Fault.INVALID_CONTENT_DIMENSIONS),
        (sides_said(9000, 9000), Fault.INVALID_CONTENT),
        (file("upright")[:100], Fault.INVALID_CONTENT),
        (file("upright")[:-20], Fault.INVALID_CONTENT),
        (file("upright").replace(b"hvc1", b"av01"), Fault.INVALID_CONTENT),
        (file("upright").replace(b"meta", b"mdat", 1), Fault.INVALID_CONTENT),
    ],
    ids=["too small", "too large", "lies about its sides", "a start", "cut", "another coding", "no image"],
)
def test_what_cannot_be_shown_is_refused(untrusted: bytes, fault: Fault) -> None:
    with pytest.raises(ApiError) as refused:
        decoded(untrusted)
    assert refused.value.fault is fault
