"""Choose the batch among what is left."""
