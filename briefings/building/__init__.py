"""One function a kind of section, and what an author writes in words of their own."""
