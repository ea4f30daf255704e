"""Trains the networks of our own. Nothing here is part of the service."""
