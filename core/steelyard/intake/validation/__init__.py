"""Validation: batches of text become typed rows in one Parquet part, and a file of rejected rows.

| module | what |
|---|---|
| result | what validation hands back |
| validate | the way of a file through the modules below |
| header | which row is the header, and which column stands where |
| spelling | what counts as the same word: headers, choices, flags |
| number, moment, value | the rules by which one cell is read, one by one: they decide |
| usual | batches in the form that most files have, typed as whole columns |
| texts | whole columns of text: blanks cut off, odd cells marked |
| plain, queries | the same rules for plain cells of other forms, as one DuckDB query; DuckDB itself |
| stream | typed rows beside the texts that they came from |
| doubtful | rows that the query left open, read cell by cell |
| rising | keys that only rise, of which none is there twice |
| duplicate, hashing | rows with the key of an earlier row; hashes by which they are suspected |
| unit_days | how many rows there are of each unit and day |
| part, rejects | the two files |
| problems | the kinds of problems |
"""
