"""Key-value pairs: the labels of a form and what was filled in."""
