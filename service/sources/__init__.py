"""Documents that a caller names by address instead of sending them."""
