"""The rules: jobs, identity, vault, store, sources, settings. Knows no azure.functions."""
