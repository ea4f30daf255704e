"""The official Python client, sync and async, with nothing changed but endpoint and key."""

from __future__ import annotations

import io

import docx
import pypdfium2
import pytest
from azure.ai.documentintelligence import DocumentIntelligenceAdministrationClient
from azure.ai.documentintelligence.aio import DocumentIntelligenceClient as AsyncClient
from azure.ai.documentintelligence.models import (
    AnalyzeDocumentRequest,
    AnalyzeOutputOption,
    AnalyzeResult,
    DocumentContentFormat,
    StringIndexType,
)
from azure.core.credentials import AzureKeyCredential
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from PIL import Image
from pypdf import PdfReader
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.wire.conftest import CANARY, Service, one_page_pdf

pytestmark = pytest.mark.azurite
READ = "prebuilt-read"


def check(result: AnalyzeResult) -> None:
    assert CANARY in result.content
    assert result.model_id == READ
    assert result.api_version == "2024-11-30"
    [page] = result.pages
    assert (page.width, page.height, page.unit) == (8.5, 11.0, "inch")
    assert page.words is not None
    assert [word.content for word in page.words] == CANARY.split()
    for word in page.words:
        assert result.content[word.span.offset : word.span.offset + word.span.length] == word.content
        assert word.polygon is not None
        assert len(word.polygon) == 8


def test_bytes(service: Service, canary_pdf: bytes) -> None:
    with service.client() as client:
        check(client.begin_analyze_document(READ, io.BytesIO(canary_pdf)).result())
        check(client.begin_analyze_document(READ, canary_pdf, content_type="application/pdf").result())


def test_base64(service: Service, canary_pdf: bytes) -> None:
    with service.client() as client:
        check(client.begin_analyze_document(READ, AnalyzeDocumentRequest(bytes_source=canary_pdf)).result())


def test_url(service: Service) -> None:
    request = AnalyzeDocumentRequest(url_source=f"{service.sources}/document.pdf?sig=secret")
    with service.client() as client:
        check(client.begin_analyze_document(READ, request).result())


async def test_async(service: Service, canary_pdf: bytes) -> None:
    async with AsyncClient(service.endpoint, AzureKeyCredential(service.key)) as client:
        poller = await client.begin_analyze_document(READ, canary_pdf)
        check(await poller.result())
        operation = poller.details["operation_id"]
        await client.delete_analyze_result(READ, operation)
        with pytest.raises(ResourceNotFoundError):
            await client.delete_analyze_result(READ, operation)


def test_options(service: Service, canary_pdf: bytes) -> None:
    with service.client() as client:
        result = client.begin_analyze_document(
            READ,
            canary_pdf,
            pages="1",
            locale="en-US",
            string_index_type=StringIndexType.UTF16_CODE_UNIT,
            output_content_format=DocumentContentFormat.MARKDOWN,
        ).result()
    assert result.string_index_type == "utf16CodeUnit"
    assert result.content_format == "markdown"
    assert CANARY in result.content


def test_a_scan_comes_back_as_a_searchable_pdf(service: Service) -> None:
    """The calls of an archive of documents: base64, the text of the result, the PDF, nothing left behind."""
    pages = io.BytesIO()
    scan = rendered_page(one_page_pdf(CANARY))
    scan.save(pages, "PDF", resolution=200)
    request = AnalyzeDocumentRequest(bytes_source=pages.getvalue())
    with service.client() as client:
        poller = client.begin_analyze_document(
            READ, request, output=[AnalyzeOutputOption.PDF], output_content_format=DocumentContentFormat.TEXT
        )
        result = poller.result()
        operation = poller.details["operation_id"]
        made = b"".join(client.get_analyze_result_pdf(READ, operation))
        assert made.startswith(pages.getvalue())
        [page] = PdfReader(io.BytesIO(made)).pages
        assert page.extract_text().split() == result.content.split() == CANARY.split()
        client.delete_analyze_result(READ, operation)
        with pytest.raises(ResourceNotFoundError):
            client.get_analyze_result_pdf(READ, operation)


def test_a_text_layer_is_searchable_as_it_is(service: Service, canary_pdf: bytes) -> None:
    with service.client() as client:
        poller = client.begin_analyze_document(READ, canary_pdf, output=["pdf"])
        check(poller.result())
        assert b"".join(client.get_analyze_result_pdf(READ, poller.details["operation_id"])) == canary_pdf


def test_each_figure_has_its_picture(service: Service) -> None:
    """The calls of a program that shows figures beside the text: their regions, then a picture of each."""
    document = io.BytesIO()
    canvas = Canvas(document, pagesize=(612, 792))
    canvas.drawString(72, 700, CANARY)
    canvas.drawImage(ImageReader(Image.linear_gradient("L")), 72, 400, 144, 216)
    canvas.save()
    with service.client() as client:
        poller = client.begin_analyze_document(
            "prebuilt-layout", document.getvalue(), output=[AnalyzeOutputOption.FIGURES]
        )
        result = poller.result()
        [figure] = result.figures or []
        assert (figure.id, result.warnings) == ("1.1", None)
        operation = poller.details["operation_id"]
        picture = Image.open(io.BytesIO(b"".join(client.get_analyze_result_figure(result.model_id, operation, "1.1"))))
        assert picture.format == "PNG"
        assert picture.size == (400, 600)
        top, bottom = (picture.convert("L").getpixel((200, y)) for y in (30, 570))
        assert abs(top - bottom) > 200
        with pytest.raises(ResourceNotFoundError):
            client.get_analyze_result_figure(result.model_id, operation, "1.2")


def test_what_was_not_asked_for_is_not_there(service: Service, canary_pdf: bytes) -> None:
    with service.client() as client:
        poller = client.begin_analyze_document(READ, canary_pdf)
        poller.result()
        operation = poller.details["operation_id"]
        with pytest.raises(ResourceNotFoundError):
            client.get_analyze_result_pdf(READ, operation)
        with pytest.raises(ResourceNotFoundError):
            client.get_analyze_result_figure(READ, operation, "1.1")


def rendered_page(document: bytes) -> Image.Image:
    """The first page of a PDF as a scanner sees it."""
    opened = pypdfium2.PdfDocument(document)
    try:
        return opened[0].render(scale=200 / 72).to_pil().convert("RGB")
    finally:
        opened.close()


def test_word_file(service: Service) -> None:
    document, written = docx.Document(), io.BytesIO()
    document.add_heading(CANARY, 1)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "neap", "spring"
    document.save(written)
    with service.client() as client:
        result = client.begin_analyze_document(
            "prebuilt-layout", written.getvalue(), output_content_format=DocumentContentFormat.MARKDOWN
        ).result()
    assert result.content.startswith(f"# {CANARY}\n\n\n<table>")
    [page] = result.pages
    assert (page.unit, page.width, page.lines) == (None, None, None)
    assert [word.content for word in page.words or []] == [*CANARY.split(), "neap", "spring"]
    assert [cell.content for table in result.tables or [] for cell in table.cells] == ["neap", "spring"]
    assert result.paragraphs is not None
    assert result.paragraphs[0].role == "title"
    assert all(paragraph.bounding_regions is None for paragraph in result.paragraphs)


def test_delete_is_final(service: Service, canary_pdf: bytes) -> None:
    with service.client() as client:
        poller = client.begin_analyze_document(READ, canary_pdf)
        poller.result()
        operation = poller.details["operation_id"]
        client.delete_analyze_result(READ, operation)
        with pytest.raises(ResourceNotFoundError):
            client.delete_analyze_result(READ, operation)


def test_continuation_token(service: Service, canary_pdf: bytes) -> None:
    with service.client() as client:
        token = client.begin_analyze_document(READ, canary_pdf).continuation_token()
        resumed = client.begin_analyze_document(READ, canary_pdf, continuation_token=token)
        check(resumed.result())


def test_a_failed_analysis_names_its_reason(service: Service) -> None:
    locked = one_page_pdf("x").replace(b"/Root 1 0 R", b"/Root 9 0 R")
    with service.client() as client, pytest.raises(HttpResponseError) as failed:
        client.begin_analyze_document(READ, locked[:300]).result()
    assert failed.value.error is not None
    assert failed.value.error.code == "InvalidRequest"
    assert failed.value.error.innererror is not None
    assert failed.value.error.innererror["code"] == "InvalidContent"


def test_a_wrong_key_is_refused(service: Service, canary_pdf: bytes) -> None:
    wrong = "not-the-key-of-anyone"
    with service.client(wrong) as client, pytest.raises(ClientAuthenticationError) as refused:
        client.begin_analyze_document(READ, canary_pdf)
    assert "Access denied" in str(refused.value)
    assert wrong not in str(refused.value)


def test_models_and_info(service: Service) -> None:
    with DocumentIntelligenceAdministrationClient(service.endpoint, AzureKeyCredential(service.key)) as client:
        assert READ in [model.model_id for model in client.list_models()]
        assert client.get_model(READ).model_id == READ
        assert client.get_resource_details().custom_document_models.limit > 0
        with pytest.raises(ResourceNotFoundError) as missing:
            client.get_model("no-such-model")
    assert missing.value.error is not None
    assert missing.value.error.innererror is not None
    assert missing.value.error.innererror["code"] == "ModelNotFound"
