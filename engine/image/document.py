"""Opens an image file and counts its pages; checks its measures before a pixel is decoded."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pi_heif  # type: ignore[import-untyped]
from PIL import Image
from PIL.TiffImagePlugin import TiffImageFile

from contract.errors import ApiError, Fault
from contract.limits import MAX_IMAGE_SIDE, MAX_PAGES, MIN_IMAGE_SIDE
from engine.formats import Format

# What reads the formats is loaded before processes are forked.
Image.preinit()
# A child may not start a thread; what goes with a picture and is not the picture itself is left alone.
pi_heif.register_heif_opener(decode_threads=0, thumbnails=False, depth_images=False, aux_images=False)

# The sides are checked here, more strictly than Pillow's own limit of pixels.
Image.MAX_IMAGE_PIXELS = None

_NEW_SUBFILE_TYPE = 254
_REDUCED = 1
# Each page may have a thumbnail of its own; this bounds the walk through a file of thumbnails.
_MOST_FRAMES = 2 * MAX_PAGES


class Document(msgspec.Struct, frozen=True):
    """An open image file. `frames`: where its pages stand among its frames."""

    image: Image.Image
    frames: tuple[int, ...]


@contextmanager
def refusals() -> Iterator[None]:
    """Turns whatever Pillow trips over into ApiError INVALID_CONTENT, and keeps its warnings quiet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except (ApiError, MemoryError):
            raise
        except Exception as error:
            # Its readers of formats raise what their parsing trips over, of any type.
            raise ApiError(Fault.INVALID_CONTENT) from error


@contextmanager
def opened(untrusted_document: memoryview, kind: Format) -> Iterator[Document]:
    """The open file, of which only headers were read; it is closed on leaving.

    Raises: ApiError INVALID_CONTENT when it is broken, INVALID_CONTENT_DIMENSIONS when its first page is
    too small or too large.
    """
    with refusals():
        image = Image.open(io.BytesIO(untrusted_document), formats=(kind.value,))
    with image:
        check_sides(image)
        with refusals():
            # Of other files it is the frame shown first, which in HEIF may be any.
            frames = _pages(image) if kind is Format.TIFF else (image.tell(),)
        yield Document(image, frames)


def check_sides(image: Image.Image) -> None:
    """Raises: ApiError INVALID_CONTENT_DIMENSIONS when a side is out of range."""
    if min(image.size) < MIN_IMAGE_SIDE or max(image.size) > MAX_IMAGE_SIDE:
        raise ApiError(Fault.INVALID_CONTENT_DIMENSIONS)


def _pages(image: Image.Image) -> tuple[int, ...]:
    """The frames of a TIFF but for its thumbnails; a file of thumbnails alone has its first frame."""
    pages: list[int] = []
    for frame in range(_MOST_FRAMES):
        try:
            image.seek(frame)
        except EOFError:
            break
        if not _is_thumbnail(image):
            pages.append(frame)
        if len(pages) == MAX_PAGES:
            break
    return tuple(pages) or (0,)


def _is_thumbnail(image: Image.Image) -> bool:
    untrusted_type = image.tag_v2.get(_NEW_SUBFILE_TYPE) if isinstance(image, TiffImageFile) else None
    return isinstance(untrusted_type, int) and bool(untrusted_type & _REDUCED)
