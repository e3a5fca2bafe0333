"""The printer: a process that lays a page out, and the PDF that comes of it, sealed."""
