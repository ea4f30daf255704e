"""Image files: what Pillow decodes of them, as pixels."""
