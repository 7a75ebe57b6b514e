// Crawlee's HTTP crawler, which scales what is in flight by the machine's load and retries what is refused.
// most: in flight, 200 by default. retries: of one item, 3 by default.
import { Configuration, HttpCrawler, log, LogLevel } from '@crawlee/http';
import { addressOf, items, report, setting, store } from './work.mjs';

log.setLevel(LogLevel.OFF);
const crawler = new HttpCrawler({
    additionalMimeTypes: ['application/json'],
    requestHandler: ({ request, body }) => store(request.userData.item, String(body)),
    ...(setting.most && { maxConcurrency: setting.most }),
    ...(setting.retries && { maxRequestRetries: setting.retries }),
}, new Configuration({ persistStorage: false, purgeOnStart: false }));
await crawler.run(items.map(item => ({ url: addressOf(item), userData: { item } })));
report();
