"""Whether a text reads as the label of something to fill in."""

from __future__ import annotations

import re

#: A label has at most this many words; a longer text is a sentence.
MOST_WORDS = 12
_FEW_WORDS = 5

# What labels end in, in the languages of most forms. Everything else about a label is seen on the page;
# these only help where the page shows nothing but a gap.
_ENDS = re.compile(
    r"(?:date|name|address|no|nr|number|phone|telephone|tel|fax|e-?mail|code|signature|zip|attention|subject"
    r"|datum|anschrift|telefon|nummer|betreff|plz|unterschrift|prénom|téléphone|adresse|numéro|objet"
    r"|fecha|apellidos?|dirección|teléfono|asunto|firma|cognome|indirizzo|telefono|naam|adres|morada)[.]?$|.*#$|n[°º]$",
    re.IGNORECASE,
)
_ALONE = re.compile(
    r"(?:to|from|re|cc|attn|city|state|country|company|department|dept|division|account|title|time|total|subtotal"
    r"|amount|tax|vat|discount|shipping|balance|type|quantity|price|description|comments|remarks|terms|vendor|customer|supplier|product|location"
    r"|ort|betrag|summe|mwst|tva|iva|von|an|nom|ville|montant|nombre|ciudad|importe|data|nome|importo)[.]?$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_DIGITS = re.compile(r"\d")
_SENTENCE = re.compile(r"[a-z]{3,}[.!?,;]$|[,;…]$|[.] ?[.]$")
_CODE = re.compile(r"[={}]")
_CLAUSE = re.compile(r"\w[,;.] +\w")
_CLAUSE_WORDS = 5
_ITEM = re.compile(r"[•●▪◦·*–—-]\s")
# A text of at least this many words, with this share of them in small letters and the last among them, is a sentence.
_SENTENCE_WORDS, _SMALL = 6, 0.6


def may_be_label(text: str) -> bool:
    """Whether a text has letters and the length of a label; one with several clauses is shorter than others."""
    words = len(text.split())
    return _LETTER.search(text) is not None and words <= (_CLAUSE_WORDS if _CLAUSE.search(text) else MOST_WORDS)


def is_plain_label(text: str) -> bool:
    """Whether a text without colon has nothing about it that a label has not."""
    if _ITEM.match(text) or _CODE.search(text):
        return False
    letters, digits = len(_LETTER.findall(text)), len(_DIGITS.findall(text))
    return may_be_label(text) and letters > 1 and digits <= letters // 2 and not _SENTENCE.search(text)


def is_known_label(text: str) -> bool:
    """Whether a text is a word that labels are, or ends in one that they end in."""
    words = text.rstrip(". ").split()
    if not 0 < len(words) <= _FEW_WORDS or text[0].islower():
        return False
    return _ENDS.match(words[-1]) is not None or (len(words) == 1 and _ALONE.match(text) is not None)


def announces(text: str) -> bool:
    """Whether a text that ends with a colon is a sentence, and what follows it no value."""
    words = text.split()
    small = sum([word[0].islower() for word in words])
    return len(words) >= _SENTENCE_WORDS and small >= _SMALL * len(words) and words[-1][0].islower()
