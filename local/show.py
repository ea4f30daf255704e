"""A result as one page for people: each page of the document with what was found on it, the Markdown beside it."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from pathlib import Path
from typing import Any

import msgspec
from azure.ai.documentintelligence.models import AnalyzeResult, DocumentContentFormat, StringIndexType

from contract.errors import ApiError
from contract.options import AnalyzeOptions
from engine.cage import Cage
from engine.task import Crop, Crops, Region, Reply
from local.analysis import client, waiting
from local.endpoint import Endpoint

_MOST_PAGES = 50
_TEMPLATE = Path(__file__).with_name("show.html")
_SCRIPT = Path(__file__).with_name("show.js")


def show(endpoint: Endpoint, file: Path, model: str, features: list[str]) -> str:
    """Analyze a file and return the page, in HTML that loads nothing from outside.

    Raises azure.core's HttpResponseError; CageLost when no child can be started to draw the document.
    """
    with client(endpoint) as service, waiting(f"Analyzing {file.name}"), file.open("rb") as document:
        poller = service.begin_analyze_document(
            model,
            document,
            features=features,
            output_content_format=DocumentContentFormat.MARKDOWN,
            # Scripts count characters in this unit.
            string_index_type=StringIndexType.UTF16_CODE_UNIT,
        )
        result: AnalyzeResult = poller.result()
    pictures = asyncio.run(pictures_of(file.read_bytes(), result))
    return written(file.name, result.as_dict(), pictures)


def written(name: str, untrusted_result: dict[str, Any], pictures: dict[str, bytes]) -> str:
    """The page of a result. `pictures`: PNG of each page, by its number."""
    data = json.dumps(
        {
            "name": name,
            "result": untrusted_result,
            "pictures": {number: base64.b64encode(picture).decode() for number, picture in pictures.items()},
        },
        ensure_ascii=False,
    ).replace("<", "\\u003c")
    script = _SCRIPT.read_text(encoding="utf-8")
    # The policy of the page runs this one script; whatever a document smuggles in stays text.
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = _TEMPLATE.read_text(encoding="utf-8").replace("%SCRIPT_HASH%", f"sha256-{digest}")
    # The data go in last, so that nothing in them is taken for a place to fill.
    return page.replace("%SCRIPT%", script).replace("%DATA%", data)


async def pictures_of(untrusted_document: bytes, result: AnalyzeResult) -> dict[str, bytes]:
    """The first pages, PNG by page number, drawn by confined children; none of those without geometry.

    Raises: CageLost.
    """
    cage = Cage()
    pictures: dict[str, bytes] = {}
    try:
        for one in result.pages[:_MOST_PAGES]:
            if one.width and one.height:
                whole = [0.0, 0.0, one.width, 0.0, one.width, one.height, 0.0, one.height]
                region = Region(str(one.page_number), one.page_number, whole)
                task = Crop(AnalyzeOptions(model_id=result.model_id), 0, (region,))
                pictures |= await _drawn(cage, task, untrusted_document)
    finally:
        await cage.close()
    return pictures


async def _drawn(cage: Cage, task: Crop, untrusted_document: bytes) -> dict[str, bytes]:
    try:
        untrusted_reply = await cage.run(msgspec.msgpack.encode(task), untrusted_document)
        reply: Reply = msgspec.msgpack.decode(untrusted_reply, type=Reply)
    except (ApiError, msgspec.MsgspecError):
        return {}
    return reply.pictures if isinstance(reply, Crops) else {}
