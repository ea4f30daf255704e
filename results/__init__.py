"""The way out: status and result by GET, erasure by DELETE."""
