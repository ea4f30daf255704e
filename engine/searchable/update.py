"""Changes to a PDF that are put after its end.

This is an incremental update (ISO 32000-1, 7.5.6): changed objects and new ones, a table that says where they
are, and a trailer that points to the table before. The document stays byte for byte what it is, however large,
and only its pages are looked at.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from pypdf import PageObject, PdfReader
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    NumberObject,
    PdfObject,
)

from engine.searchable.view import file_of

_TRAILER_WITHIN_BYTES: Final = 2048
_START: Final = re.compile(rb"startxref\s+(\d{1,12})\s")


class NotUpdatable(Exception):
    """The PDF is encrypted, or broken in a way that readers mend and a table after its end would hide."""


class Update:
    """An incremental update. Changes to the pages of `pages` are part of it once they are named by `changed`."""

    def __init__(self, untrusted_document: memoryview) -> None:
        """Raises: NotUpdatable, and whatever pypdf trips over."""
        self._document = untrusted_document
        starts = _START.findall(bytes(untrusted_document[-_TRAILER_WITHIN_BYTES:]))
        # Strictly read: a table that had to be mended cannot be the one before.
        self._reader = PdfReader(file_of(untrusted_document), strict=True)
        if not starts or self._reader.is_encrypted or int(starts[-1]) >= len(untrusted_document):
            raise NotUpdatable
        self._start = int(starts[-1])
        # Within objects readers are lenient, and what they pass over stays as it is.
        self._reader.strict = False
        untrusted_size = self._reader.trailer["/Size"]
        if not isinstance(untrusted_size, int):
            raise NotUpdatable
        known = [number for table in self._reader.xref.values() for number in table]
        self._next = 1 + max([*known, *self._reader.xref_objStm, untrusted_size - 1])
        self._objects: dict[tuple[int, int], PdfObject] = {}

    @property
    def pages(self) -> list[PageObject]:
        return list(self._reader.pages)

    def add(self, new: PdfObject) -> IndirectObject:
        """A new object."""
        number, self._next = self._next, self._next + 1
        self._objects[number, 0] = new
        return IndirectObject(number, 0, self._reader)

    def changed(self, page: PageObject) -> None:
        """Write a page anew. Raises: NotUpdatable when it is no object of its own."""
        reference = page.indirect_reference
        if reference is None:
            raise NotUpdatable
        self._objects[reference.idnum, reference.generation] = page

    def written(self) -> bytes:
        """What goes after the document."""
        written = io.BytesIO()
        written.write(b"\n")
        places = {}
        for (number, generation), each in sorted(self._objects.items()):
            places[number, generation] = len(self._document) + written.tell()
            written.write(b"%d %d obj\n" % (number, generation))
            each.write_to_stream(written)
            written.write(b"\nendobj\n")
        if bytes(self._document[self._start : self._start + 8]).lstrip().startswith(b"xref"):
            start = len(self._document) + written.tell()
            self._write_table(written, places)
        else:
            start = places[self._next, 0] = len(self._document) + written.tell()
            self._write_stream(written, places)
        written.write(b"\nstartxref\n%d\n%%%%EOF\n" % start)
        return written.getvalue()

    def _trailer(self, size: int) -> DictionaryObject:
        trailer = DictionaryObject(
            {
                NameObject(key): self._reader.trailer.raw_get(key)
                for key in ("/Root", "/Info", "/ID")
                if key in self._reader.trailer
            }
        )
        trailer[NameObject("/Size")] = NumberObject(size)
        trailer[NameObject("/Prev")] = NumberObject(self._start)
        return trailer

    def _write_table(self, written: io.BytesIO, places: dict[tuple[int, int], int]) -> None:
        written.write(b"xref\n")
        for run in _runs(sorted(places)):
            written.write(b"%d %d\n" % (run[0][0], len(run)))
            for number, generation in run:
                written.write(b"%010d %05d n \n" % (places[number, generation], generation))
        written.write(b"trailer\n")
        self._trailer(self._next).write_to_stream(written)

    def _write_stream(self, written: io.BytesIO, places: dict[tuple[int, int], int]) -> None:
        entries = sorted(places)
        table = DecodedStreamObject()
        table.set_data(b"".join([struct.pack(">BQH", 1, places[each], each[1]) for each in entries]))
        table.update(self._trailer(self._next + 1))
        table[NameObject("/Type")] = NameObject("/XRef")
        table[NameObject("/W")] = ArrayObject(map(NumberObject, (1, 8, 2)))
        table[NameObject("/Index")] = ArrayObject(
            [NumberObject(value) for run in _runs(entries) for value in (run[0][0], len(run))]
        )
        written.write(b"%d 0 obj\n" % self._next)
        table.flate_encode().write_to_stream(written)
        written.write(b"\nendobj")


def _runs(entries: list[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Object numbers that follow each other."""
    run = entries[:1]
    for before, after in pairwise(entries):
        if after[0] != before[0] + 1:
            yield run
            run = []
        run.append(after)
    if run:
        yield run
