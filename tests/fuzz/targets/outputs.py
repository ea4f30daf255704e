"""`engine.tasks.run` for files beside a result: any document gives a file that opens or an ApiError, nothing else.

A searchable PDF has the pages that the document has. The result is one that the engine could have written.
"""

from __future__ import annotations

import msgspec

from contract.errors import ApiError
from contract.options import AnalyzeOptions
from engine import tasks
from engine.pdf import document as pdf
from engine.task import Crop, Crops, Pdf, Publish, Region, Reply, Task
from tests.engine.images import encoded, marked
from tests.engine.searchable.pdfs import result_of
from tests.hostile import bombs, liars, raw

_OPTIONS = AnalyzeOptions(model_id="prebuilt-read")
_PLACE = [1.0, 1.0, 2.0, 1.0, 2.0, 1.5, 1.0, 1.5]
_RESULT = msgspec.json.encode(result_of([[("harbour", _PLACE), ("gauge", _PLACE)]], [[("tide", _PLACE)]]))
_PUBLISH = Publish(_OPTIONS, len(_RESULT))
_CROP = Crop(_OPTIONS, len(_RESULT), (Region("1.1", 1, _PLACE), Region("2.1", 2, _PLACE)))

SEEDS = (
    raw.page(),
    raw.page(raw.deflated(raw.SAYS_HELLO, b"/Filter/FlateDecode")),
    bombs.annotations(2),
    bombs.glyph_in_itself(),
    bombs.tables_in_a_circle(),
    bombs.object_stream_inflates(1),
    liars.LIARS["a header after 500 bytes"](),
    liars.LIARS["no table"](),
    *(encoded(marked((60, 60)), kind) for kind in ("JPEG", "PNG", "TIFF")),
)


def check(data: bytes) -> None:
    """Hold one document to the contract."""
    published = _replied(_PUBLISH, data)
    if published is not None:
        assert isinstance(published, Pdf)
        if published.continues:
            assert _pages(data + published.written) == _pages(data)
        else:
            assert _pages(published.written) is not None
    cropped = _replied(_CROP, data)
    if cropped is not None:
        assert isinstance(cropped, Crops)
        assert set(cropped.pictures) <= {"1.1", "2.1"}


def _pages(document: bytes) -> int | None:
    try:
        with pdf.opened(memoryview(document)) as opened:
            return pdf.page_count(opened)
    except ApiError:
        return None


def _replied(task: Task, data: bytes) -> Reply | None:
    try:
        reply: Reply = msgspec.msgpack.decode(
            tasks.run(msgspec.msgpack.encode(task), memoryview(_RESULT + data)), type=Reply
        )
    except ApiError as refused:
        assert refused.fault.status == 400
        return None
    else:
        return reply
