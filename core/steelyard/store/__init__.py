"""The store: the only room with SQL.

`tables/` holds a module for each table, the modules beside it the statements on them, one a noun:
`tenants`, `units`, `parentage`, `attributes`, `calendars`, `periods`, `schemes`, `weight_sets`,
`imports`, `measurements`, `runs`, `stamps`.  Every call takes an open transaction (`engine`) and, but
for tenants, the scope it may see (`access`), and gives back frozen records.
"""
