"""Records one order by HTTP; needs Python alone. EOD_URL is the service, such as http://localhost:5080,
EOD_KEY a key, where it asks for one."""
import json, os, sys, urllib.request

source, key, payload = sys.argv[1:4]
order = json.dumps({"source": source, "client_key": key, "payload": json.loads(payload)}).encode()
request = urllib.request.Request(os.environ["EOD_URL"] + "/api/orders", order, {"Content-Type": "application/json"})
if key := os.environ.get("EOD_KEY"):
    request.add_header("Authorization", "Bearer " + key)
print(json.load(urllib.request.urlopen(request))["order_id"])
