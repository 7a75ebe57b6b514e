"""Leases ids by SQL and writes each into a file, eight bytes an id: DATABASE WORKER FILE IDS BLOCKS."""
import array, sys, psycopg2

database, worker, file, ids, blocks = sys.argv[1:6]
taken = 0
with open(file, "wb", buffering=0) as out:
    while taken < int(ids):
        try:
            with psycopg2.connect(database) as connection, connection.cursor() as cursor:
                while taken < int(ids):
                    cursor.execute("select first_id, last_id from eod.lease_order_ids(%s, %s)", (worker, int(blocks)))
                    runs = cursor.fetchall()
                    connection.commit()
                    for first, last in runs:
                        out.write(array.array("q", range(first, last + 1)))
                        taken += last - first + 1
        except psycopg2.Error:
            pass  # The server is being killed by a test.
