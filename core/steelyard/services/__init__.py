"""Services: the use cases, which join the pure rooms to the store and the packs.

context         what services work with; a `View` is one request's
cache           what is kept between requests, computed once, checked by version stamps
structure       units, their tree and attributes, calendars and periods of a tenant
scheme_entry    an installed scheme with its nodes; `catalogue` lists them
cube            all scores of a scheme: measurements as arrays, evaluated once (`observed` builds the arrays)
scorecards      a unit's scores in a period, node by node (`score_sheet`), and their explanation
comparisons, trends, overviews, rankings, weaknesses, plans, weights
                what is read out of a cube
rollups         what regions and longer periods have, by the rule that a scheme declares
measurements, importing, evaluating, sampling
                what changes the store; `run_hash` says what a run was computed from
progress        how long work tells how far it is
queue           what keeps a processor busy takes turns; `places` says how much of it waits
problems        what can be wrong with a request

Every public function takes a view, an actor and a scope; units, schemes, periods and nodes go by their codes.
"""
