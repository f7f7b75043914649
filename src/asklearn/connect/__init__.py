"""Label Studio, CVAT, Prodigy, vendors. Comes with a later issue; the room has its place."""
