"""Reports: what a unit's result in a period looks like on paper. Pure.

model   what stands in a report, in plain values and in zh and en
words   the words around the figures
charts  figures as SVG
page    one HTML file that needs nothing beside it
"""
