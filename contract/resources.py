"""Models and the service itself, as callers list them."""

from __future__ import annotations

from datetime import datetime

import msgspec

from contract.document import FieldType
from contract.wire import Wire


class FieldSchema(Wire, kw_only=True):
    """Schema of a field."""

    type: FieldType
    description: str | None = None
    example: str | None = None
    items: FieldSchema | None = None
    properties: dict[str, FieldSchema] | None = None


class DocumentTypeDetails(Wire, kw_only=True):
    """A type of document that a model knows."""

    description: str | None = None
    field_schema: dict[str, FieldSchema] | None = None
    field_confidence: dict[str, float] | None = None


class ModelDetails(Wire, kw_only=True):
    """A model that can be asked for."""

    model_id: str
    description: str | None = None
    created_date_time: datetime
    expiration_date_time: datetime | None = None
    api_version: str | None = None
    tags: dict[str, str] | None = None
    doc_types: dict[str, DocumentTypeDetails] | None = None


class PagedModels(Wire, kw_only=True):
    """A page of models."""

    value: list[ModelDetails]
    next_link: str | None = None


class CustomModels(Wire, kw_only=True):
    """Custom models in use and the limit."""

    count: int
    limit: int


class NeuralBuilds(Wire, kw_only=True):
    """Neural builds used of the quota; not in the swagger of v4.0, but its official samples read it."""

    used: int
    quota: int
    quota_reset_date_time: datetime


class ResourceDetails(Wire, kw_only=True):
    """The answer of GET info."""

    custom_document_models: CustomModels
    custom_neural_document_model_builds: NeuralBuilds


class Health(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Whether documents are taken, and how old what was not erased yet is. Ours, not of the protocol.

    `reasons` tell the operator what to mend. Ages are seconds, absent when there is nothing to measure: no
    object of a job is left, no sweep has ended yet.
    """

    status: str
    reasons: list[str] = []
    oldest_object_age_seconds: int | None = None
    last_sweep_age_seconds: int | None = None
