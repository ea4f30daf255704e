"""The structure of pages: tables, figures, roles of paragraphs."""
