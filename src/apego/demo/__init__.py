"""The invented program: content files, and the generator that plays it through the same actions as real work."""
