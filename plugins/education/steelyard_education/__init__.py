"""The pack `education`: everything that it brings stands in `pack.yaml` and the folders beside it."""
