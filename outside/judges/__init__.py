"""One module for each judge; each holds the running service, or its SDL, against what somebody else wrote."""
