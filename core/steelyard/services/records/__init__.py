"""Records: imported, withdrawn, declared complete, measured, and looked at.

| module | what |
|---|---|
| stages | the stages of an import, as progress names them |
| source | where rows come from: a file or an adapter |
| importing | rows in, measures out, in one transaction; `garbage`: what is not searched meanwhile |
| held | parts in force, complete feeds, and the locks of a table |
| portions | which parts count for many units in many periods |
| storing | one validated import into the store |
| touching | which units and periods rows concern |
| remeasuring | measuring again: withdrawals, complete feeds, corrections that waited |
| listing | imports as an actor may see them, and their rejected rows |
| measuring | from parts to measurements |
| behind | the records behind a number |
| generating | made-up records as a file |
"""
