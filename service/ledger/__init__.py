"""Proof of erasure: signed receipts, and the chained ledger that they are folded into."""
