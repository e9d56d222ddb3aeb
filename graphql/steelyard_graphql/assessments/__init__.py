"""Assessments: sheets that people fill in.

sheets     a sheet with its lines and files     asking     the queries
outcomes   what changes answer                  changes    begin, save, submit, discard
decisions  approve and return                   files      evidence and filled forms
"""
