"""Tables: where they are on a page, their rows and columns, and what their cells hold."""
