"""Compiled selections: fields that only read are answered column by column instead of one by one.

A type opts in by `@plain`, a method by `computed(…, plain=True)`. Where all that is selected below a value is
plain, a plan is made once for the request; it reads each field of all objects at once and checks the columns.
Whatever the plan does not cover, and whatever does not fit its type, is left to graphql-core's executor,
which also words the errors. Both ways give the same answer.
"""
