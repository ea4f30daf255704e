"""XML of a document, parsed without following anything it refers to."""

from __future__ import annotations

from lxml import etree

# Without `huge_tree` libxml2 bounds the depth of elements and the length of a text.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def parsed(untrusted_xml: bytes) -> etree._Element:
    """The root of a part. Raises: etree.XMLSyntaxError."""
    return etree.fromstring(untrusted_xml, _PARSER)
