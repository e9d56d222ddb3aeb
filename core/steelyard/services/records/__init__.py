"""Records: imported, withdrawn, declared complete, measured, and looked at.

| module | what |
|---|---|
| stages | the stages of an import, as progress names them |
| source | where rows come from: a file or an adapter |
| importing | rows in, measures out, in one transaction |
| touching | which units and periods rows concern |
| withdrawal | taking an import's rows out of force |
| feeds | declaring what is complete |
| waiting | measuring again, with corrections that waited for closed periods |
| listing | imports as an actor may see them, and their rejected rows |
| measuring | from parts to measurements |
| behind | the records behind a number |
"""
