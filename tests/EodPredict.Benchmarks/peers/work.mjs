// What the peers share: the items to fetch, a GET that keeps its sockets, and the line that says how it went.
// Arguments of every peer: the address before the item, how many items, and settings as name=value.
const [address, count, ...settings] = process.argv.slice(2);

export const setting = Object.fromEntries(settings.map(text => text.split('=')).map(([name, value]) => [name, Number(value)]));
export const items = Array.from({ length: Number(count) }, (_, index) => String(index + 1));
export const addressOf = item => address + item;

const stored = new Map();
let attempts = 0;

/** Fetches one item; throws an error with its status where the server refuses. */
export async function get(item) {
    attempts++;
    const response = await fetch(addressOf(item));
    const body = await response.text();
    if (!response.ok) {
        throw Object.assign(new Error(`answered ${response.status}`), { status: response.status });
    }
    store(item, body);
}

export function store(item, body) {
    stored.set(item, [...(stored.get(item) ?? []), body]);
}

/** Does work for all items, so many at a time. */
export async function workAll(workers, work) {
    const queue = items.values();
    await Promise.all(Array.from({ length: workers }, async () => {
        for (const item of queue) {
            await work(item);
        }
    }));
}

export function report() {
    const rows = [...stored.values()].reduce((sum, bodies) => sum + bodies.length, 0);
    console.log(JSON.stringify({ stored: stored.size, rows }));
    process.exit(0);
}

// Stopped for having taken too long, it still says how far it came.
process.on('SIGTERM', report);
