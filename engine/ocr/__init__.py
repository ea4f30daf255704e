"""Optical character recognition: pixels in, words out."""
