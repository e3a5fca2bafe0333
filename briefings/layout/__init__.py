"""Templates, themes and languages of a page: a brief laid out as HTML, Markdown, plain text and tables."""
