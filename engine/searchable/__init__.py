"""The searchable PDF: the document as it is, with what was recognized in it as invisible text."""
