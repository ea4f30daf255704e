"""Pages that are given as pixels: turned upright, read, and mapped back to the page as it was sent."""
