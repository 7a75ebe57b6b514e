// Records one order by SQL. npm ci, or npm install pg. EOD_DATABASE is such as postgresql://user@db/eod.
const { Client } = require("pg");

(async () => {
  const database = new Client({ connectionString: process.env.EOD_DATABASE });
  await database.connect();
  const reply = await database.query("select order_id from eod.record_order($1, $2, $3)", process.argv.slice(2, 5));
  console.log(reply.rows[0].order_id);
  await database.end();
})();
