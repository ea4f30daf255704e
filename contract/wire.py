"""The base of every type that crosses the wire."""

from __future__ import annotations

import msgspec


class Wire(msgspec.Struct, rename="camel", omit_defaults=True):
    """A JSON object of the protocol: camelCase names, members that hold their default left out.

    A member without a default is required by the protocol and is always written.
    """
