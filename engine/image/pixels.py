"""Decodes one page of an image file: any mode of colour to RGB, upright as its orientation tag says."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from engine.image.document import Document, check_sides, refusals

Pixels = NDArray[np.uint8]

# More than this shows nothing more of a page: A4 at 500 dpi has 24 million pixels.
_MOST_PIXELS = 30_000_000

ORIENTATION = 0x0112
SIDEWAYS = (5, 6, 7, 8)
_PHOTOMETRIC = 262
_WHITE_IS_ZERO = 0

_DEEP = frozenset({"I", "F", "I;16", "I;16B", "I;16L", "I;16N"})
_WITH_ALPHA = frozenset({"LA", "La", "PA", "RGBA", "RGBa"})
_SHRINKABLE = frozenset({"L", "LA", "RGB", "RGBA", "RGBX", "CMYK", "YCbCr", "LAB", "HSV"})


class Picture(NamedTuple):
    """A page as it is displayed. `pixels`: HxWx3 RGB, smaller than the page when that is huge.

    `width`, `height`: of the page, in its own pixels.
    """

    pixels: Pixels
    width: int
    height: int


def decoded(document: Document, index: int) -> Picture:
    """The page at an index, from 0.

    Raises: ApiError INVALID_CONTENT when it is broken, INVALID_CONTENT_DIMENSIONS when it is too small or
    too large.
    """
    image = document.image
    with refusals():
        if document.frames[index] != image.tell():
            image.seek(document.frames[index])
        check_sides(image)
        width, height = image.size
        shrink = _shrink(width * height)
        if shrink > 1:
            # A JPEG is decoded at a part of its size in the first place.
            image.draft(None, (width // shrink, height // shrink))
        image.load()
        small = image.reduce(shrink) if image.mode in _SHRINKABLE and image.width == width and shrink > 1 else image
        colour = rgb(small)
        # Pillow turns a TIFF by itself, and then its tag is gone.
        untrusted_orientation = image.getexif().get(ORIENTATION)
    pixels = _displayed(np.asarray(colour), untrusted_orientation)
    sideways = untrusted_orientation in SIDEWAYS
    return Picture(pixels, *((height, width) if sideways else (width, height)))


def _shrink(pixels: int) -> int:
    shrink = 1
    while pixels > _MOST_PIXELS * shrink * shrink:
        shrink += 1
    return shrink


def rgb(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP:
        return _shallow(image).convert("RGB")
    if image.mode in _WITH_ALPHA or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return image.convert("RGB")


def _shallow(image: Image.Image) -> Image.Image:
    """Eight bits of deeper grey; scanners put 10 and 12 bits into 16, so the brightest value is white."""
    grey = np.nan_to_num(np.asarray(image).astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    grey -= min(0.0, float(grey.min()))
    brightest = float(grey.max()) or 1.0
    shallow = Image.fromarray((grey * (255.0 / brightest) + 0.5).astype(np.uint8))
    inverted = getattr(image, "tag_v2", {}).get(_PHOTOMETRIC) == _WHITE_IS_ZERO
    return ImageOps.invert(shallow) if inverted else shallow


def _displayed(pixels: Pixels, untrusted_orientation: object) -> Pixels:
    """The pixels turned and mirrored as the EXIF orientation asks; an unknown one asks nothing."""
    across = pixels.transpose(1, 0, 2)
    turned = {
        2: pixels[:, ::-1],
        3: pixels[::-1, ::-1],
        4: pixels[::-1],
        5: across,
        6: across[:, ::-1],
        7: across[::-1, ::-1],
        8: across[::-1],
    }
    found = turned.get(untrusted_orientation, pixels) if isinstance(untrusted_orientation, int) else pixels
    return np.ascontiguousarray(found)
