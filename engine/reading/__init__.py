"""Words to lines to paragraphs, in reading order."""
