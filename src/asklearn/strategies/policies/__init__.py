"""Choose among pipelines as labels come in."""
