"""Oracles, replay and comparison of strategies. Comes with a later issue; the room has its place."""
