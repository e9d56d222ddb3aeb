"""The GraphQL API and its server.

One module a noun: what it looks like in the schema, and its queries and mutations.

packs           installed packs                 schemes        schemes with their assumptions
indicators      a scheme's nodes                bands, rules   what stands beside the tree
units           the units tree                  periods        calendars and periods
scorecards      a unit's scores                 scores         … at one node
explanations    why a node has its number       trends         … and where it comes from
peers, records  who else, and what from         overviews      a region at a glance
comparisons     units side by side              heat_maps      units × indicators
rankings        pages of units by score         spreads        best, median and mean
rollups         regions and longer periods      rollup_words   … by which rule, and who counts
weak_points     what costs points               plans          draft plans
advice          the packs' playbooks            instruments    … and questionnaires
runs            stored evaluations              revisions      … of a closed period, corrected
exemptions      what does not count for a unit  objections     what the rated say against results
measurements    recordMeasurement               weights        proposeWeights
faults          problems in answers             outcomes       the three ways to have no number

What they share:

schema          puts the nouns together         nodes, ids     node(id:) and global ids
connections     pages and cursors               unit_pages     … of units
limits          bounds of arguments, costs
context         what resolvers find             loaders        fetching together
arguments       codes as arguments              fields         methods as fields
locale          words in zh or en               figures        decimals that became floats
errors          errors in answers               problems       the kinds of problems
execution       from query to answer            http/          GraphQL over HTTP
app             the web application             serving        its address and its end
operation/      logs and metrics
cli, commands   `steelyard serve`, `demo`, `schema export`
demo            what a demonstration is served from     welcome  the first query
"""
