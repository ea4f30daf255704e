"""The parts that an Office file is made of, by their relations."""

from __future__ import annotations

import io

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.part import Part, XmlPart
from lxml import etree

from contract.errors import ApiError, Fault
from engine.office.xml import parsed


def main_part(untrusted_file: io.BytesIO) -> Part:
    """The part that all others hang on; documents with macros and templates have one, too."""
    return OpcPackage.open(untrusted_file).part_related_by(RELATIONSHIP_TYPE.OFFICE_DOCUMENT)


def root(part: Part) -> etree._Element:
    """The root element of a part. Raises: etree.XMLSyntaxError."""
    return part.element if isinstance(part, XmlPart) else parsed(part.blob)


def body(part: Part) -> etree._Element:
    """The body of the main part. Raises: ApiError INVALID_CONTENT when it has none."""
    found = root(part).find("{*}body")
    if found is None:
        raise ApiError(Fault.INVALID_CONTENT)
    return found


def related(part: Part, kind: str) -> etree._Element | None:
    """The root of the one part that is related in this way, None when there is none."""
    try:
        return root(part.part_related_by(kind))
    except (KeyError, ValueError):
        return None


def target(part: Part, untrusted_id: str | None) -> Part | None:
    """The part behind the id of a relation; None for what stands outside of the file, which is left there."""
    relation = part.rels.get(untrusted_id or "")
    return None if relation is None or relation.is_external else relation.target_part
