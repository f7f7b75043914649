"""Self-contained HTML reports, figures and model cards. Comes with a later issue; the room has its place."""
