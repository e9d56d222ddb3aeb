"""The race against PostGraphile: the same rows, the same questions, the same client."""
