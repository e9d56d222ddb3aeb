"""Assessments: sheets that people fill in, from the draft to the measurements that they make.

sheet      a sheet as services hand it out       reading    one sheet, or all of a unit, scheme, period
writing    begin, save, submit, discard           deciding   approve or return, and what is combined then
changing   who may change a sheet, and when
lines      what may stand on a line               form_layout  the form's words and usual columns
form       the sheet as an XLSX file, blank       filled     the filled file, read again
form_page  its table, written by cells            form_cells the cells of a file that may be a form
form_rows  the rows of its table
evidence   files that back lines                  problems   what can be wrong with all of this
"""
