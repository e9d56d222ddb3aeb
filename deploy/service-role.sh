#!/bin/sh
# Run once by the database's container when it makes its files: the role as which the service connects.
# It can log in and nothing else; `steelyard db grant service` gives it what the service needs.
set -eu
psql --no-psqlrc --set ON_ERROR_STOP=1 --set "password=$SERVICE_PASSWORD" \
    --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
CREATE ROLE service LOGIN PASSWORD :'password';
SQL
