"""Settings: what an installation is told by its environment and by one file.

forms       what the value of a setting may look like
setting     one setting: name, variable, form, default
limits      the limits of a server, and their settings
known       all settings there are
given       the settings of a process: what is given, where it stands, what is wrong with it
file        the file of settings (TOML)
problems    what can be wrong

A setting `smtp_host` is the variable STEELYARD_SMTP_HOST of the environment and the key `smtp_host` of the
file that STEELYARD_CONFIG or `--config` names. The environment wins over the file, an option of a command
over both. Commands read variables alone: what the file says is put beside them when one starts.
"""
