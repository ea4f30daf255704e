"""Documents and their typed fields, as the prebuilt and custom models give them."""

from __future__ import annotations

from enum import StrEnum

from contract.page import BoundingRegion, SelectionState, Span
from contract.wire import Wire


class FieldType(StrEnum):
    """Type of a field; exactly the matching `value_*` member is set."""

    STRING = "string"
    DATE = "date"
    TIME = "time"
    PHONE_NUMBER = "phoneNumber"
    NUMBER = "number"
    INTEGER = "integer"
    SELECTION_MARK = "selectionMark"
    COUNTRY_REGION = "countryRegion"
    SIGNATURE = "signature"
    ARRAY = "array"
    OBJECT = "object"
    CURRENCY = "currency"
    ADDRESS = "address"
    BOOLEAN = "boolean"
    SELECTION_GROUP = "selectionGroup"


class Signature(StrEnum):
    """Presence of a signature."""

    SIGNED = "signed"
    UNSIGNED = "unsigned"


class Currency(Wire, kw_only=True):
    """An amount with the symbol that was printed and its ISO 4217 code."""

    amount: float
    currency_symbol: str | None = None
    currency_code: str | None = None


class Address(Wire, kw_only=True):
    """A postal address in parts."""

    house_number: str | None = None
    po_box: str | None = None
    road: str | None = None
    city: str | None = None
    state: str | None = None
    postal_code: str | None = None
    country_region: str | None = None
    street_address: str | None = None
    unit: str | None = None
    city_district: str | None = None
    state_district: str | None = None
    suburb: str | None = None
    house: str | None = None
    level: str | None = None


class DocumentField(Wire, kw_only=True):
    """A field: ISO 8601 dates and times, E.164 phone numbers, ISO 3166-1 alpha-3 countries."""

    type: FieldType
    value_string: str | None = None
    value_date: str | None = None
    value_time: str | None = None
    value_phone_number: str | None = None
    value_number: float | None = None
    value_integer: int | None = None
    value_selection_mark: SelectionState | None = None
    value_signature: Signature | None = None
    value_country_region: str | None = None
    value_array: list[DocumentField] | None = None
    value_object: dict[str, DocumentField] | None = None
    value_currency: Currency | None = None
    value_address: Address | None = None
    value_boolean: bool | None = None
    value_selection_group: list[str] | None = None
    content: str | None = None
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span] | None = None
    confidence: float | None = None


class AnalyzedDocument(Wire, kw_only=True):
    """A document found in the input, with its fields by name."""

    doc_type: str
    bounding_regions: list[BoundingRegion] | None = None
    spans: list[Span]
    fields: dict[str, DocumentField] | None = None
    confidence: float
