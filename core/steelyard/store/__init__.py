"""The store: the only room with SQL.

`tables/` holds the tables, a module for each noun; the modules beside it hold the statements on them:

| module | about |
|---|---|
| tenants | who keeps data here |
| units, parentage, attributes | what is scored, its place in the tree, what it is like; `spans`: when |
| calendars, periods | when it is scored |
| schemes, weight_sets | by what |
| imports, measurements, current_values | what was recorded, by whom, from where; what stands now |
| runs, run_table | stored evaluations |
| stamps | what has changed since |

Every function takes an open transaction (`engine`, `transaction`) and, but for tenants, the scope that it
may see (`access`), and gives back frozen records.  Writers that touch several nouns in one transaction
take them in the order of this table, so that two of them never wait for each other.
`migrate` brings a database to the version of the code; `faults` says what is wrong with one.
"""
