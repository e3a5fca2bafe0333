"""Maps, drawn as SVG and told in words."""
