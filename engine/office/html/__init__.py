"""HTML files: what a browser shows of them without style sheets, scripts and anything that it would fetch."""
