"""Characters that are selection marks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from contract.page import SelectionState
from engine.evidence import MARK_TEXTS, Page, Word

#: Characters that are nothing but a ballot box.
_BALLOTS = {
    "☐": SelectionState.UNSELECTED,
    "☑": SelectionState.SELECTED,
    "☒": SelectionState.SELECTED,
    "🗹": SelectionState.SELECTED,
    "🗵": SelectionState.SELECTED,
    "🗷": SelectionState.SELECTED,
}
#: Characters that are one where the page shows it, and the bullet of a list elsewhere.
_BOXES = {
    "□": SelectionState.UNSELECTED,
    "◻": SelectionState.UNSELECTED,
    "▢": SelectionState.UNSELECTED,
    "❏": SelectionState.UNSELECTED,
    "❑": SelectionState.UNSELECTED,
    "⬜": SelectionState.UNSELECTED,
    "⊠": SelectionState.SELECTED,
    "▣": SelectionState.SELECTED,
}
# In font sizes: a box that follows a word this closely on its line does not begin an item.
_FOLLOWS = 6.0


def with_marks(page: Page) -> Page:
    """The page with its ballot boxes as selection marks."""
    texts = {word.text for word in page.words if len(word.text) == 1}
    states = {text: state for text, state in _BALLOTS.items() if text in texts}
    boxes = {text: state for text, state in _BOXES.items() if text in texts}
    of_both_kinds = len(set(boxes.values())) > 1
    if boxes and (of_both_kinds or states or any(word.mark for word in page.words) or _within_lines(page.words, boxes)):
        states |= boxes
    if not states:
        return page
    return replace(page, words=tuple([_marked(word, states) for word in page.words]))


def _marked(word: Word, states: dict[str, SelectionState]) -> Word:
    state = states.get(word.text)
    return replace(word, text=MARK_TEXTS[state], mark=state) if state else word


def _within_lines(words: Sequence[Word], boxes: dict[str, SelectionState]) -> bool:
    """Whether any of the boxes comes after a word of its line."""
    for last, word in pairwise(words):
        if word.text in boxes and last.angle == word.angle == 0.0:
            gap = word.quad[0] - last.quad[2]
            shared = min(last.quad[5], word.quad[5]) - max(last.quad[1], word.quad[1])
            if 0 <= gap < _FOLLOWS * word.size and shared > 0:
                return True
    return False
