"""Methods under their own names, made of the parts."""
