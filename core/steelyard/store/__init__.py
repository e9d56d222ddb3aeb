"""The store: the only room with SQL.

`tables/` holds the tables, a module for each noun; the modules beside it hold the statements on them:

| module | about |
|---|---|
| tenants, tenant_export, backup, restoring | who keeps data here, and all of it in a file |
| persons | who stands behind a pseudonym |
| accounts, grants, tokens, providers, identities, credentials | who comes in, and what they may do |
| units, parentage, attributes | what is scored, its place in the tree, what it is like; `spans`: when |
| calendars, periods | when it is scored |
| schemes, weight_sets | by what |
| imports, measurements, current_values | what was recorded, by whom, from where; what stands now |
| record_imports, record_feeds, record_waiting | where the rows behind measures are |
| record_quality | how good they are |
| assessments, assessment_evidence | sheets that people fill in |
| content, content_names, import_jobs | files named by their content; imports that servers run |
| runs, run_table | stored evaluations |
| acts, proposals, policies | what was done and decided in administration |
| stamps | what has changed since |

Every function takes an open transaction (`engine`, `transaction`) and, but for tenants, the scope that it
may see (`access`), and gives back frozen records.  Writers that touch several nouns in one transaction
take them in the order of this table, so that two of them never wait for each other.

Two walls stand between tenants.  Every transaction is about one tenant (`tenancy`), and `guard` refuses
statements that do not say so.  On PostgreSQL row-level security hides all other rows, whatever the statement
says, as long as the service connects as a role that it holds (`service_role`).

`migrate` brings a database to the version of the code; `faults` says what is wrong with one.
"""
