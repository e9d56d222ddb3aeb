"""Administration: what is kept by people with the right to, and the acts that say who did what and why.

A mutation here does one deed of `steelyard.services.administration` and answers with what it changed, with
the proposal that waits for a second person, or with what is wrong.
"""
