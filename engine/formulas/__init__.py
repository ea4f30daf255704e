"""Formulas of pages with a text layer: from characters, their fonts and places to LaTeX."""
