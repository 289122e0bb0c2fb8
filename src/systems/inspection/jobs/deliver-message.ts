import { z } from "zod";
import type { JobDefinition } from "../../../platform/jobs/job-queue.ts";
import { DELIVER_JOB, type MessageDeps } from "../webhook/ng-messages.ts";
import { sendSigned } from "../webhook/send-signed.ts";

/** With the queue's backoff, from one second to a minute, some two hours and a half. */
const MOST_ATTEMPTS = 200;
/** Beyond them nothing is sent: killed in the last attempt, the job is begun once more and says that it failed. */
const TO_SAY_SO = 20;
/** A webhook that hangs holds so many, never an inspection. */
const AT_ONCE = 4;

const Payload = z.object({ id: z.number().int() });

/**
 * Sends one message to the webhook. Killed after the receiver took it and before that was noted, it sends it again: the
 * receiver knows it by `X-Quatrain-Delivery`.
 */
export function deliverMessageJob(
  deps: Pick<MessageDeps, "deliveries" | "webhook" | "clock"> & { readonly sent: SentCounter },
): JobDefinition<z.infer<typeof Payload>> {
  const { deliveries, webhook, clock, sent } = deps;
  return {
    kind: DELIVER_JOB,
    payload: Payload,
    maxAttempts: MOST_ATTEMPTS + TO_SAY_SO,
    concurrency: AT_ONCE,
    async run({ attempt, signal }, { id }) {
      const message = await deliveries.find(id);
      if (message === null || message.state === "delivered") return;
      if (attempt > MOST_ATTEMPTS) {
        const error = "the server was killed in the last attempt: nobody knows whether it arrived";
        await deliveries.note(id, { state: "failed", status: null, error }, clock.now());
        return;
      }
      const outcome =
        webhook === null
          ? { status: null, error: "no webhook is configured any more" }
          : await sendSigned(webhook, message, clock.now(), signal);
      const isLast = webhook === null || attempt >= MOST_ATTEMPTS;
      const state = outcome.error === null ? "delivered" : isLast ? "failed" : "waiting";
      await deliveries.note(id, { state, ...outcome }, clock.now());
      sent.inc({ outcome: outcome.error === null ? "delivered" : "failed" });
      if (state === "waiting") throw new Error(`the webhook did not take message ${id}: ${outcome.error}`);
    },
  };
}

/** Counts attempts by how they went. */
export interface SentCounter {
  inc(labels: { readonly outcome: string }): void;
}
