#!/bin/bash
# Records one order by HTTP with curl. EOD_URL is the service, such as http://localhost:5080, EOD_KEY a key, where it asks for one.
curl -fsS ${EOD_KEY:+-H @<(echo "Authorization: Bearer $EOD_KEY")} "$EOD_URL/api/orders" -d "{\"source\":\"$1\",\"client_key\":\"$2\",\"payload\":$3}" | sed 's/.*"order_id":\([0-9]*\).*/\1/'
