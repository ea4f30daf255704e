"""The page that shows a result: what a person sees in a browser, and that a document cannot take it over."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import msgspec
import pytest
from azure.ai.documentintelligence.models import AnalyzeResult

from contract.options import ContentFormat, StringIndexType
from local.show import pictures_of, written
from tests.engine.pdfs import analyzed

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "invoice.pdf"
SCRIPT = Path(__file__).parent / "js" / "show.mjs"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)><!-- %SCRIPT% {{7*7}}"
SECONDS = 60


def result_of(document: bytes) -> dict[str, Any]:
    found = analyzed(
        document,
        "prebuilt-layout",
        content_format=ContentFormat.MARKDOWN,
        string_index_type=StringIndexType.UTF16_CODE_UNIT,
    )
    built: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(found))
    return built


def opened(page: str, folder: Path) -> dict[str, Any]:
    """What a browser shows of a page, and what it did meanwhile."""
    chromium, node = shutil.which("chromium"), shutil.which("node")
    if not (chromium and node and (ROOT / "node_modules" / "playwright-core").is_dir()):
        pytest.skip("Chromium and its driver are not there; .ci/run says how to get them")
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    ended = subprocess.run(  # noqa: S603 - a script of this project
        [node, str(SCRIPT), file.as_uri()],
        env={**os.environ, "CHROMIUM": chromium},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, Any] = json.loads(ended.stdout)
    return seen


def test_a_person_sees_pages_shapes_and_content(tmp_path: Path) -> None:
    document = SAMPLE.read_bytes()
    result = result_of(document)
    pictures = asyncio.run(pictures_of(document, AnalyzeResult(result)))
    assert [picture[:4] for picture in pictures.values()] == [b"\x89PNG"]
    seen = opened(written(SAMPLE.name, result, pictures), tmp_path)
    assert seen["title"] == SAMPLE.name
    assert seen["pictures"] == 1
    assert seen["content"] == result["content"]
    assert {"paragraphs", "lines", "words", "tables", "cells"} <= set(seen["kinds"])
    words = result["pages"][0]["words"]
    assert seen["after"] - seen["before"] == len(words)
    assert seen["hint"].startswith("word, confidence 0.99")
    assert seen["marked"] == [words[-1]["content"]]
    assert (seen["asked"], seen["troubles"]) == (["file:"], [])


def test_what_a_document_says_stays_text(tmp_path: Path) -> None:
    result = {
        "modelId": HOSTILE,
        "content": HOSTILE,
        "pages": [{"pageNumber": 1, "width": 8.5, "height": 11, "words": [], "spans": []}],
        "paragraphs": [{"role": HOSTILE, "content": HOSTILE, "spans": [{"offset": 0, "length": 9}]}],
    }
    page = written(HOSTILE, result, {})
    assert page.count("<script") == 2
    seen = opened(page, tmp_path)
    assert (seen["title"], seen["content"], seen["markup"]) == (HOSTILE, HOSTILE, 0)
    assert (seen["asked"], seen["troubles"]) == (["file:"], [])
