"""Scrapy with AutoThrottle. concurrency: its target, 1 by default. retries: of one item, 2 by default. start: its first delay, 5 s by default."""
import json
import sys
from collections import Counter

import scrapy
from scrapy.crawler import CrawlerProcess

address, count, *texts = sys.argv[1:]
setting = {name: float(value) for name, value in (text.split("=") for text in texts)}
stored = Counter()


class Items(scrapy.Spider):
    name = "items"

    def start_requests(self):
        for item in range(1, int(count) + 1):
            yield scrapy.Request(f"{address}{item}", cb_kwargs={"item": item}, dont_filter=True)

    def parse(self, response, item):
        stored[item] += 1


settings = {
    "AUTOTHROTTLE_ENABLED": True,
    "LOG_LEVEL": "CRITICAL",
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
}
if "concurrency" in setting:
    settings["AUTOTHROTTLE_TARGET_CONCURRENCY"] = setting["concurrency"]
    settings["CONCURRENT_REQUESTS_PER_DOMAIN"] = settings["CONCURRENT_REQUESTS"] = max(16, 2 * int(setting["concurrency"]))
if "retries" in setting:
    settings["RETRY_TIMES"] = int(setting["retries"])
if "start" in setting:
    settings["AUTOTHROTTLE_START_DELAY"] = setting["start"]

# SIGTERM ends it in order: what is in flight is awaited, the rest is left.
process = CrawlerProcess(settings)
process.crawl(Items)
process.start()
print(json.dumps({"stored": len(stored), "rows": sum(stored.values())}))
