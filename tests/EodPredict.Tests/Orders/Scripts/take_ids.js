// Leases ids by SQL and writes each into a file, eight bytes an id: DATABASE WORKER FILE IDS BLOCKS.
const { openSync, writeSync } = require("fs");
const { Client } = require("pg");

(async () => {
  const [connectionString, worker, file, ids, blocks] = process.argv.slice(2);
  const out = openSync(file, "w");
  for (let taken = 0; taken < ids; ) {
    const database = new Client({ connectionString });
    database.on("error", () => {});
    try {
      await database.connect();
      while (taken < ids) {
        const runs = await database.query("select first_id, last_id from eod.lease_order_ids($1, $2)", [worker, blocks]);
        for (const { first_id, last_id } of runs.rows) {
          const run = new BigInt64Array(Number(last_id) - Number(first_id) + 1);
          run.forEach((_, index) => (run[index] = BigInt(first_id) + BigInt(index)));
          writeSync(out, new Uint8Array(run.buffer));
          taken += run.length;
        }
      }
    } catch {
      // The server is being killed by a test.
    }
    await database.end().catch(() => {});
  }
})();
