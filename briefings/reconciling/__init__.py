"""From claims to figures, by rules with names: whose word they are, how they stand, what they come to."""
