#!/bin/bash
# Run once by PostgreSQL's image, after roles.sql.
set -euo pipefail
psql -v ON_ERROR_STOP=1 -U postgres -d "$POSTGRES_DB" <<SQL
alter role hub password '$(cat /run/secrets/hub_db_password)';
alter role helper password '$(cat /run/secrets/helper_db_password)';
SQL
