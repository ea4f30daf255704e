"""Document understanding: bytes in, AnalyzeResult out. Knows no tenant, no key, no cloud."""
