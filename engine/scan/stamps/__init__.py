"""Finds the stamps on a page that is given as pixels."""
