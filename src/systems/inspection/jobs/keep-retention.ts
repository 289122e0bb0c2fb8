import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import { applyRetention, type RetentionDeps } from "../actions/apply-retention.ts";
import { type SweepLeftDeps, sweepLeftSources } from "../actions/sweep-left-sources.ts";
import { type SweepMemoriesDeps, sweepMemories } from "../actions/sweep-memories.ts";
import { type SettleDeps, settleDeliveries } from "../webhook/settle-deliveries.ts";

const EVERY_MS = 24 * 3_600_000;

/**
 * Removes what has been kept long enough, and files that nobody names: now and once a day, beside everything else. No
 * job: there is nothing to go on with after a stop, the next round does it all.
 * @returns stops it, and waits until it has
 */
export function keepRetention(
  deps: RetentionDeps & SweepMemoriesDeps & SweepLeftDeps & SettleDeps,
): () => Promise<void> {
  const stop = new AbortController();
  const round = async () => {
    try {
      await applyRetention(deps, stop.signal);
      // a fit of this very process may be between its file and its row: only old files are nobody's
      await sweepMemories({ ...deps, alone: false });
      await sweepLeftSources(deps, stop.signal);
      await settleDeliveries(deps, stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) deps.log.warn({ reason: messageOf(error) }, "retention failed");
    }
  };
  let running = round();
  const timer = setInterval(() => {
    running = running.then(round);
  }, EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    stop.abort();
    await running;
  };
}
