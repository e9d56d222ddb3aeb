"""The commands that need no server.

app         the Typer application: all commands are registered here
deferred    commands that are imported when they are run
edge        where errors become text on stderr and an exit status
language    zh or en, from the option or the environment
report      problems, one a line, on stderr
source      schemes by file or name, tables by file or standard input
score       `steelyard score`; writers in score_csv, score_json, score_table
undecided   rules that could not be decided, on stderr
packs       `steelyard pack …`
database    `steelyard db …`, and the option that names the database
importing   `steelyard import`
evaluation  `steelyard evaluate`
progress    bars on standard error while something takes long
rounding    figures for people: rounded once, half-up, saying their side of a line
"""
