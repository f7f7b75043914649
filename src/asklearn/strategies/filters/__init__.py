"""Drop candidates."""
