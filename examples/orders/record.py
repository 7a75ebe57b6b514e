"""Records one order by SQL. Debian: apt-get install python3-psycopg2. EOD_DATABASE is such as postgresql://user@db/eod."""
import os, sys, psycopg2

source, key, payload = sys.argv[1:4]
with psycopg2.connect(os.environ["EOD_DATABASE"]) as database, database.cursor() as cursor:
    cursor.execute("select order_id from eod.record_order(%s, %s, %s)", (source, key, payload))
    order_id = cursor.fetchone()[0]
print(order_id)  # after the commit: now it may be shown to the world
