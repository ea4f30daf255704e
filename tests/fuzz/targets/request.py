"""`analyze.request`: any query and body give typed options and a source, or an ApiError that answers 400.

Options survive the way to a child, and select pages in order, each once. The first byte chooses what the
rest is: a query, a JSON body, base64.
"""

from __future__ import annotations

from itertools import pairwise
from urllib.parse import parse_qsl

import msgspec

from analyze.request import decode_base64, parse_options, parse_source
from contract.errors import ApiError
from contract.options import AnalyzeOptions

_PAGES = 40

SEEDS = (
    b"\0pages=1-3,5,7-,-10&locale=en-US&stringIndexType=utf16CodeUnit&outputContentFormat=markdown",
    b"\0features=barcodes,languages&queryFields=Total,Due+date&output=pdf,figures&_overload=analyzeDocument",
    b'\1{"urlSource":"https://example.org/a.pdf?sig=x"}',
    b'\1{"base64Source":"JVBERi0xLjcK"}',
    b"\2JVBERi0xLjcK",
)


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    try:
        match data[:1]:
            case b"\0":
                _check_options(parse_options("prebuilt-read", dict(parse_qsl(data[1:].decode(errors="replace")))))
            case b"\1":
                source = parse_source(data[1:])
                assert (source.url_source is None) != (source.base64_source is None)
            case _:
                decode_base64(data[1:].decode(errors="replace"))
    except ApiError as refused:
        assert refused.fault.status == 400
        msgspec.json.encode(refused.error())


def _check_options(options: AnalyzeOptions) -> None:
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(options), type=AnalyzeOptions) == options
    selected = list(options.selected(_PAGES))
    assert all(one < other for one, other in pairwise(selected))
    assert set(selected) <= set(range(1, _PAGES + 1))
