"""Rules: one module a kind. Order: adjust → band and pass lines → gate → veto → streak → quota."""
