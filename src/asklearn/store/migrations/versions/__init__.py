"""One file for each schema number; never changed once released."""
