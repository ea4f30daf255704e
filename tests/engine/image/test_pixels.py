"""Images of every mode come out as RGB, upright and the right way round; broken ones are refused."""

from __future__ import annotations

import io
import zlib

import numpy as np
import pytest
from PIL import Image

from contract.errors import ApiError, Fault
from engine.formats import Format, sniff
from engine.image import document, pixels
from engine.image.pixels import Picture
from tests.engine.images import encoded, image, marked
from tests.hostile.pictures import page_of_tiff as grey_page
from tests.hostile.pictures import png, tiff

WHITE, BLACK, RED, BLUE = (255, 255, 255), (0, 0, 0), (255, 0, 0), (0, 0, 255)


def decoded(file: bytes, index: int = 0) -> Picture:
    with document.opened(memoryview(file), sniff(memoryview(file))) as opened:
        return pixels.decoded(opened, index)


def colour_at(picture: Picture, x: int, y: int) -> tuple[int, ...]:
    return tuple(int(value) for value in picture.pixels[y, x])


def fault_of(file: bytes) -> Fault:
    with pytest.raises(ApiError) as refused:
        decoded(file)
    return refused.value.fault


@pytest.mark.parametrize(
    ("kind", "mode", "colour", "expected"),
    [
        ("PNG", "1", 1, WHITE),
        ("PNG", "L", 128, (128, 128, 128)),
        ("PNG", "P", 0, BLACK),
        ("PNG", "LA", (0, 0), WHITE),
        ("PNG", "RGBA", (0, 0, 0, 0), WHITE),
        ("PNG", "RGBA", (0, 0, 0, 255), BLACK),
        ("PNG", "I;16", 65535, WHITE),
        ("BMP", "RGB", (1, 2, 3), (1, 2, 3)),
        ("BMP", "P", 0, BLACK),
        ("TIFF", "1", 1, WHITE),
        ("TIFF", "CMYK", (0, 0, 0, 0), WHITE),
        ("TIFF", "CMYK", (0, 0, 0, 255), BLACK),
        ("TIFF", "F", 1.0, WHITE),
        ("TIFF", "I", 7, WHITE),
        ("TIFF", "I;16", 4095, WHITE),
        ("TIFF", "RGBA", (9, 9, 9, 0), WHITE),
        ("JPEG", "L", 255, WHITE),
        ("JPEG", "CMYK", (0, 0, 0, 0), WHITE),
    ],
)
def test_any_mode_becomes_rgb(kind: str, mode: str, colour: object, expected: tuple[int, ...]) -> None:
    picture = decoded(image(kind, mode, colour=colour))
    assert picture.pixels.shape == (80, 60, 3)
    assert picture.pixels.dtype == np.uint8
    assert colour_at(picture, 30, 40) == expected


def test_a_palette_may_be_transparent() -> None:
    assert colour_at(decoded(image("PNG", "P", colour=0, transparency=0)), 30, 40) == WHITE


def test_deep_grey_whose_zero_is_white_is_inverted() -> None:
    grey = Image.fromarray(np.full((60, 60), 65535, np.uint16))
    grey.putpixel((0, 0), 0)
    picture = decoded(encoded(grey, "TIFF", tiffinfo={262: 0}))
    assert colour_at(picture, 0, 0) == WHITE
    assert colour_at(picture, 30, 30) == BLACK


@pytest.mark.parametrize(
    ("bits", "colour", "row"),
    [
        (2, 0, b"\xff" * 15),
        (4, 0, b"\xff" * 30),
        (16, 2, b"\xff" * 360),
        (16, 4, b"\0" * 240),
        (16, 6, b"\0" * 480),
    ],
    ids=["2-bit grey", "4-bit grey", "16-bit colour", "16-bit clear grey", "16-bit clear colour"],
)
def test_depths_of_png_are_read(bits: int, colour: int, row: bytes) -> None:
    file = png(60, 80, zlib.compress((b"\0" + row) * 80), colour=colour, bits=bits)
    assert colour_at(decoded(file), 30, 40) == WHITE


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 12, 16])
def test_depths_of_grey_in_a_tiff_are_read(bits: int) -> None:
    file = tiff([(tag, kind, count, bits if tag == 258 else value) for tag, kind, count, value in grey_page(60, 80)])
    assert colour_at(decoded(file + b"\xff" * (60 * 80 * 2)), 30, 40) == WHITE


@pytest.mark.parametrize("packing", [6, 32809, 34712, 65000], ids=["old JPEG", "ThunderScan", "JPEG 2000", "unknown"])
def test_a_tiff_packed_in_a_way_that_is_not_read_is_refused(packing: int) -> None:
    assert fault_of(tiff(grey_page(60, 80, packing=packing)) + bytes(60 * 80)) is Fault.INVALID_CONTENT


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_images_that_come_in_passes_are_read(kind: str) -> None:
    file = encoded(marked(), kind, **({"progressive": True, "quality": 95} if kind == "JPEG" else {"interlace": 1}))
    assert np.allclose(colour_at(decoded(file), 20, 20), RED, atol=12)


@pytest.mark.parametrize(
    "compression", ["raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "jpeg", "zstd", "lzma", "group3", "group4"]
)
def test_compressions_of_tiff_are_read(compression: str) -> None:
    page = Image.new("1" if compression.startswith("group") else "RGB", (60, 80), "white")
    assert colour_at(decoded(encoded(page, "TIFF", compression=compression)), 5, 5) == WHITE


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_the_orientation_tag_is_followed(kind: str, orientation: int) -> None:
    shown = marked()
    undo = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = shown
    for step in undo.get(orientation, []):
        stored = stored.transpose(step)
    exif = Image.Exif()
    exif[0x0112] = orientation
    options = {"exif": exif, "quality": 95} if kind == "JPEG" else {"exif": exif}
    picture = decoded(encoded(stored, kind, **options))
    assert (picture.width, picture.height) == (200, 300)
    assert picture.pixels.shape == (300, 200, 3)
    assert np.allclose(colour_at(picture, 20, 20), RED, atol=12)
    assert np.allclose(colour_at(picture, 80, 20), BLUE, atol=12)


def test_a_huge_page_is_decoded_smaller_and_keeps_its_measures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pixels, "_MOST_PIXELS", 200 * 300 // 3)
    for kind in ("JPEG", "PNG"):
        picture = decoded(encoded(marked(), kind))
        assert (picture.width, picture.height) == (200, 300)
        assert picture.pixels.shape == (150, 100, 3)
        assert np.allclose(colour_at(picture, 10, 10), RED, atol=12)


@pytest.mark.parametrize("size", [(1, 1), (49, 500), (500, 49), (10_001, 60), (60, 10_001)])
@pytest.mark.parametrize("kind", ["PNG", "TIFF", "BMP", "JPEG"])
def test_sides_out_of_range_are_refused(kind: str, size: tuple[int, int]) -> None:
    assert fault_of(image(kind, "L", size)) is Fault.INVALID_CONTENT_DIMENSIONS


def test_a_bomb_is_refused_before_it_is_decoded() -> None:
    file = bytearray(image("PNG", "L", (60, 60)))
    header = b"IHDR" + (60_000).to_bytes(4, "big") * 2 + bytes(file[24:29])
    file[12:33] = header + zlib.crc32(header).to_bytes(4, "big")
    assert fault_of(bytes(file)) is Fault.INVALID_CONTENT_DIMENSIONS


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "BMP"])
@pytest.mark.parametrize("kept", [12, 0.3, 0.9])
def test_a_truncated_file_is_refused(kind: str, kept: float) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (200, 200, 3), dtype=np.uint8))
    file = encoded(noise, kind)
    assert fault_of(file[: int(kept if kept > 1 else len(file) * kept)]) is Fault.INVALID_CONTENT


@pytest.mark.parametrize("dpi", [(0, 0), (1200, 1200)])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_resolution_does_not_matter(kind: str, dpi: tuple[int, int]) -> None:
    assert decoded(image(kind, dpi=dpi)).width == 60


def test_an_animated_png_shows_its_first_frame() -> None:
    frames = [Image.new("RGB", (60, 60), colour) for colour in ("red", "blue")]
    file = encoded(frames[0], "PNG", save_all=True, append_images=frames[1:])
    with document.opened(memoryview(file), Format.PNG) as opened:
        assert opened.frames == (0,)
        assert colour_at(pixels.decoded(opened, 0), 5, 5) == RED


def test_frames_of_a_tiff_are_pages_but_for_thumbnails() -> None:
    data = io.BytesIO()
    first, thumbnail, second = (Image.new("RGB", (60, 60), colour) for colour in ("red", "white", "blue"))
    thumbnail.encoderinfo = {"tiffinfo": {254: 1}}
    first.save(data, "TIFF", save_all=True, append_images=[thumbnail, second])
    with document.opened(memoryview(data.getvalue()), Format.TIFF) as opened:
        assert opened.frames == (0, 2)
        assert colour_at(pixels.decoded(opened, 1), 5, 5) == BLUE
        assert colour_at(pixels.decoded(opened, 0), 5, 5) == RED
