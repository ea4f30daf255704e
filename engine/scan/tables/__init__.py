"""Tables on scans, as a network sees their rows and cells."""
