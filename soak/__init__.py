"""Long campaigns: what a short sample in the tests cannot see. Run by `make soak`."""
