"""The arithmetic: plain numpy in blocks, no views and no records."""
