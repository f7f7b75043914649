"""Records, protocols, errors, names, keyed randomness, time. Imports nothing of ours."""
