"""Records: what packs declare of the rows behind measures (tickets, orders, surveys), as frozen data.

| module | what |
|---|---|
| column | a typed column and how its headers and values are written |
| condition | what a row must be like to be counted |
| table | a table of records: key, unit, day, columns, derived columns, checks |
| check | a check of data quality: accurate (准确), timely (及时), complete (完整) |
| measure | a measure: a group-by over records, one value a unit and period |
| files | `records.yaml` and `measures.yaml` |

Nothing here reads data: `steelyard.intake` does.
"""
