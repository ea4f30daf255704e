"""What one child process is asked to do, and what it answers.

A task and a reply cross the wall between the service and the child as msgpack. The document of an
`Assemble` is the evidence of all its ranges, one after the other, as `Read` replies gave it.
"""

from __future__ import annotations

import msgspec

from contract.options import AnalyzeOptions
from contract.page import Polygon


class Analyze(msgspec.Struct, tag="analyze", frozen=True):
    """Read and assemble a whole document in one go, unless it is more than one child should read.

    That is more than `most_pages` pages or more than one scan.
    """

    options: AnalyzeOptions
    most_pages: int


class Read(msgspec.Struct, tag="read", frozen=True):
    """Read the pages with these numbers (ascending, from 1) into evidence."""

    options: AnalyzeOptions
    pages: tuple[int, ...]


class Assemble(msgspec.Struct, tag="assemble", frozen=True):
    """Make the result out of the evidence of all pages."""

    options: AnalyzeOptions


class Publish(msgspec.Struct, tag="publish", frozen=True):
    """Make the searchable PDF. The task's document is the result in JSON, of `result_bytes`, and then the document."""

    options: AnalyzeOptions
    result_bytes: int


class Region(msgspec.Struct, frozen=True):
    """A place on a page, with a name; `polygon` in the page's unit."""

    name: str
    page_number: int
    polygon: Polygon


class Crop(msgspec.Struct, tag="crop", frozen=True):
    """Cut regions out of the document, which stands behind a result as for `Publish`."""

    options: AnalyzeOptions
    result_bytes: int
    regions: tuple[Region, ...]


Task = Analyze | Read | Assemble | Publish | Crop


class Result(msgspec.Struct, tag="result", frozen=True):
    """A finished analysis: an AnalyzeResult in JSON."""

    json: bytes


class Evidence(msgspec.Struct, tag="evidence", frozen=True):
    """What was read of a range of pages, in the engine's own msgpack form."""

    pages: bytes


class Plan(msgspec.Struct, tag="plan", frozen=True):
    """The document is more than one child should read; these pages are selected, ascending.

    `scans`: those among `pages` that take seconds each, as far as they are known.
    """

    pages: tuple[int, ...]
    scans: tuple[int, ...] = ()


class Pdf(msgspec.Struct, tag="pdf", frozen=True):
    """A PDF, or with `continues` what makes one of the document when it is put after it; nothing may be enough."""

    written: bytes
    continues: bool


class Crops(msgspec.Struct, tag="crops", frozen=True):
    """Pictures (PNG) of regions, by their names."""

    pictures: dict[str, bytes]


Reply = Result | Evidence | Plan | Pdf | Crops
