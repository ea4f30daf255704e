"""Word files: styles, numbering, notes, and the body that they belong to."""
