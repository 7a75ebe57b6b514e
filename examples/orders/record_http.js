// Records one order by HTTP; needs Node 18 or newer alone. EOD_URL is the service, such as http://localhost:5080,
// EOD_KEY a key, where it asks for one.
const [source, client_key, payload] = process.argv.slice(2);
const body = JSON.stringify({ source, client_key, payload: JSON.parse(payload) });
const headers = process.env.EOD_KEY ? { authorization: `Bearer ${process.env.EOD_KEY}` } : {};

fetch(`${process.env.EOD_URL}/api/orders`, { method: "POST", headers, body })
  .then(async (reply) => (reply.ok ? reply.json() : Promise.reject(await reply.text())))
  .then((recorded) => console.log(recorded.order_id));
