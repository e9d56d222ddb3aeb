"""Validation: batches of text become typed rows in one Parquet part, and a file of rejected rows.

| module | what |
|---|---|
| result | what validation hands back |
| validate | the way of a file through the modules below |
| header | which row is the header, and which column stands where |
| spelling | what counts as the same word: headers, choices, flags |
| number, moment, value | the rules by which one cell is read, one by one: they decide |
| usual | batches in the form that most files have, typed as whole columns |
| plain | the same rules for plain cells of other forms, as one DuckDB query |
| stream | typed rows beside the texts that they came from |
| doubtful | rows that the query left open, read cell by cell |
| duplicate, hashing | rows with the key of an earlier row; hashes by which they are suspected |
| part, rejects | the two files |
| problems | the kinds of problems |
"""
