"""Measures: the vocabulary that packs declare, compiled to narwhals and run over parts of records.

| module | what |
|---|---|
| parts | parts of records in force, and which of their rows count |
| engine | DuckDB in process, bounded in memory and threads |
| conditions | a condition as an expression |
| tallies | what one group-by counts of a table, and how measures are made of it |
| spans | days cut into periods, and the units and periods that are asked for |
| pieces | days cut at the borders of periods of all calendars |
| days | rows that were counted by unit and day, by unit and period |
| counting | running the group-bys |
| census | counting all that is asked of the tables of a pack |
| computing | from what was counted to values: zero, not applicable, missing |
| recounting | measures of several units and periods together, from their records as those of one |

The expressions know narwhals alone: any engine behind it computes the same numbers.
"""
