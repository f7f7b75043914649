"""Give each candidate a number."""
