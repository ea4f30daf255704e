"""`engine.tasks.run`: any bytes give a result or an ApiError whose fault answers 400, nothing else.

The result is of the protocol, and the spans of its words slice its content exactly. The first byte chooses
model and format.
"""

from __future__ import annotations

from itertools import product

import msgspec

from contract.errors import ApiError
from contract.options import AnalyzeOptions, ContentFormat, StringIndexType
from contract.result import AnalyzeResult
from engine import tasks
from engine.task import Analyze, Plan, Reply
from tests.engine.result.test_assemble import unescaped
from tests.hostile import bombs, office, raw

_TASKS = [
    msgspec.msgpack.encode(
        Analyze(
            AnalyzeOptions(model_id=model, content_format=wanted, string_index_type=StringIndexType.UNICODE_CODE_POINT),
            most_pages=25,
        )
    )
    for model, wanted in product(("prebuilt-read", "prebuilt-layout"), ContentFormat)
]

SEEDS = tuple(
    bytes([number]) + document
    for number, document in enumerate(
        (
            raw.page(),
            raw.page(raw.deflated(raw.SAYS_HELLO, b"/Filter/FlateDecode")),
            bombs.annotations(2),
            bombs.glyph_in_itself(),
            bombs.impossible_numbers(),
            bombs.words_all_over(20),
            bombs.words_in_all_directions(20),
            bombs.combining_marks(20),
            bombs.tables_in_a_circle(),
            bombs.object_stream_inflates(1),
            office.word(office.SAYS_HELLO),
            office.nested_tables(3),
            office.sheet("<row><c><v>1</v></c></row>"),
            office.html("<h1>a</h1><table><tr><td colspan=2>b<td>c</table><ul><li>d</ul>"),
        )
    )
)


def check(data: bytes) -> None:
    """Hold one input to the contract."""
    if not data:
        return
    try:
        reply = msgspec.msgpack.decode(tasks.run(_TASKS[data[0] % len(_TASKS)], memoryview(data)[1:]), type=Reply)
    except ApiError as refused:
        assert refused.fault.status == 400
        return
    if isinstance(reply, Plan):
        assert len(reply.pages) > 25
        return
    result = msgspec.json.decode(reply.json, type=AnalyzeResult)
    for page in result.pages:
        for word in page.words or ():
            start = word.span.offset
            assert unescaped(result.content[start : start + word.span.length]) == unescaped(word.content)
