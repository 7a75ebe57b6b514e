#!/bin/bash
# Records one order by SQL with psql. EOD_DATABASE is such as postgresql://user@db/eod.
psql "$EOD_DATABASE" -qAt -v ON_ERROR_STOP=1 -v source="$1" -v key="$2" -v payload="$3" \
    <<<"select order_id from eod.record_order(:'source', :'key', :'payload')"
