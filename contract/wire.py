"""The base of every type that crosses the wire."""

from __future__ import annotations

import msgspec


class Wire(msgspec.Struct, rename="camel", omit_defaults=True, gc=False):
    """A JSON object of the protocol: camelCase names, members that hold their default left out.

    A member without a default is required by the protocol and is always written. What is on the wire is a
    tree, so no object refers to one that holds it, and the collector of cycles need not know of any: a
    result has tens of thousands.
    """
