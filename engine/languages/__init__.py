"""Tells which language a text is in: lines in, runs of lines out."""
