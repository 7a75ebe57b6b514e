// The AWS SDK's adaptive mode: its strategy as the SDK calls it, around a plain GET.
// workers: calls at a time, the SDK's sockets being 50. attempts: of one call, 3 by default.
import { AdaptiveRetryStrategy } from '@smithy/util-retry';
import { get, report, setting, workAll } from './work.mjs';

const strategy = new AdaptiveRetryStrategy(async () => setting.attempts ?? 3);

await workAll(setting.workers ?? 50, async item => {
    let token = await strategy.acquireInitialRetryToken('');
    while (true) {
        try {
            await get(item);
            strategy.recordSuccess(token);
            return;
        } catch (error) {
            try {
                token = await strategy.refreshRetryTokenForRetry(token, { errorType: error.status === 429 ? 'THROTTLING' : 'TRANSIENT', error });
            } catch {
                return;
            }
        }
    }
});
report();
