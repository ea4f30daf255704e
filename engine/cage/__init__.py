"""Process isolation: a warmed process without secrets forks one confined child per document or page range."""

from engine.cage.cage import Cage
from engine.cage.limits import Limits
from engine.cage.sealed import SealedInput
from engine.cage.spawn import CageLost

__all__ = ["Cage", "CageLost", "Limits", "SealedInput"]
