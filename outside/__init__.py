"""Judging the service from outside: clients, generators, linters and audits that others wrote."""
