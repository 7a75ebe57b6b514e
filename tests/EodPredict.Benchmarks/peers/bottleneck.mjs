// Bottleneck, whose rate is told and never changes. apart: milliseconds between two calls, 0 by default. most: in flight, no bound by
// default. retries: none by default; those of its example, 100 ms later and again twice as long.
import Bottleneck from 'bottleneck';
import { get, items, report, setting } from './work.mjs';

const limiter = new Bottleneck({ minTime: setting.apart ?? 0, maxConcurrent: setting.most ?? null });
limiter.on('failed', (_, call) => (call.retryCount < (setting.retries ?? 0) ? 100 * 2 ** Math.min(call.retryCount, 6) : undefined));
await Promise.all(items.map(item => limiter.schedule(() => get(item)).catch(() => {})));
report();
