"""Documents, feeds, web pages and tables: found, fetched, and read into text or rows."""
