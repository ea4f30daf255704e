"""The result of an analysis."""

from __future__ import annotations

from contract.document import AnalyzedDocument
from contract.ids import API_VERSION
from contract.layout import Figure, KeyValuePair, Language, Paragraph, Section, Style, Table
from contract.options import ContentFormat, StringIndexType
from contract.page import Page
from contract.wire import Wire


class Warning(Wire, kw_only=True):
    """Something the caller should know about a result that is otherwise good."""

    code: str
    message: str
    target: str | None = None


class AnalyzeResult(Wire, kw_only=True):
    """Everything found in a document; every span slices `content` exactly."""

    # apiVersion has no default because the protocol requires it and defaults are left out.
    api_version: str
    model_id: str
    string_index_type: StringIndexType
    content_format: ContentFormat | None = None
    content: str
    pages: list[Page]
    paragraphs: list[Paragraph] | None = None
    tables: list[Table] | None = None
    figures: list[Figure] | None = None
    sections: list[Section] | None = None
    key_value_pairs: list[KeyValuePair] | None = None
    styles: list[Style] | None = None
    languages: list[Language] | None = None
    documents: list[AnalyzedDocument] | None = None
    warnings: list[Warning] | None = None

    @classmethod
    def empty(cls, model_id: str, index_type: StringIndexType, content_format: ContentFormat) -> AnalyzeResult:
        """A result without pages, to be filled."""
        return cls(
            api_version=API_VERSION,
            model_id=model_id,
            string_index_type=index_type,
            content_format=content_format,
            content="",
            pages=[],
        )
