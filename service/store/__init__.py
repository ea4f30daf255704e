"""Storage that takes sealed bytes only: the contract, Azure Blob Storage, and memory."""
