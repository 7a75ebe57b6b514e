#!/bin/bash
# Records one order by HTTP with curl. EOD_URL is the service, such as http://localhost:5080.
curl -fsS "$EOD_URL/api/orders" -d "{\"source\":\"$1\",\"client_key\":\"$2\",\"payload\":$3}" | sed 's/.*"order_id":\([0-9]*\).*/\1/'
