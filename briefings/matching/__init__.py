"""Which reports are copies or versions of one another, and which claims are about the same happening."""
