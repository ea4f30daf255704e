"""The models that can be asked for."""

from __future__ import annotations

from datetime import UTC, datetime

from contract.errors import ApiError, Fault
from contract.ids import API_VERSION
from contract.resources import DocumentTypeDetails, ModelDetails

_READ_CREATED = datetime(2026, 11, 1, tzinfo=UTC)
_LAYOUT_CREATED = datetime(2026, 11, 24, tzinfo=UTC)

PREBUILT: dict[str, ModelDetails] = {
    "prebuilt-read": ModelDetails(
        model_id="prebuilt-read",
        description="Extract text, words, lines and paragraphs from documents.",
        created_date_time=_READ_CREATED,
        api_version=API_VERSION,
        doc_types={"prebuilt-read": DocumentTypeDetails(field_schema={})},
    ),
    "prebuilt-layout": ModelDetails(
        model_id="prebuilt-layout",
        description="Extract text, tables, figures, selection marks and the structure of documents.",
        created_date_time=_LAYOUT_CREATED,
        api_version=API_VERSION,
        doc_types={"prebuilt-layout": DocumentTypeDetails(field_schema={})},
    ),
}


def find(untrusted_model_id: str) -> ModelDetails:
    """The model with this id; raises ApiError(MODEL_NOT_FOUND) when it is not here."""
    try:
        return PREBUILT[untrusted_model_id]
    except KeyError:
        raise ApiError(Fault.MODEL_NOT_FOUND) from None
