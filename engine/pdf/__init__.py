"""Born-digital PDFs: what pdfium says about a page, as evidence."""
