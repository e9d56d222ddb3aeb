"""Administration: what changes who and what there is, each change with its reason in a chain of acts.

deed        what an administrative change declares: name, permission, input, how it is applied
perform     the one way to do a deed: permission, second person, act and stamps in one transaction
proposals   deeds that wait for a second person: approved, rejected, withdrawn
chain       acts, their hashes, and the head that can be kept elsewhere
governed    the rows that acts answer for, as states by subject
verify      recomputes the chain and compares the rows with it
registry    every deed and every kind of subject
"""
