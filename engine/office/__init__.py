"""Office and HTML files, which state their own structure: paragraphs, headings, lists, tables, pictures."""
