import type { Database } from "../../../platform/db/database.ts";
import { messageOf } from "../../../platform/errors/quatrain-error.ts";
import type { JobQueue } from "../../../platform/jobs/job-queue.ts";
import type { Log } from "../../../platform/ports.ts";
import { TRAINING_TICKET } from "../actions/start-job.ts";
import type { JobReader } from "../store/job-reader.ts";
import type { JobWriter } from "../store/job-writer.ts";

export interface KeepTicketsDeps {
  readonly database: Database;
  readonly queue: JobQueue;
  readonly jobs: JobReader;
  readonly jobWriter: JobWriter;
  readonly log: Log;
}

const LOOK_EVERY_MS = 60_000;
const MOST_TICKETS = 1_000;

/**
 * Sees to it that every job that waits has a ticket: one may have been cancelled by an administrator, or swept. One too
 * many does no harm: it finds nothing to run.
 * @returns a function that ends it
 */
export function keepTickets(deps: KeepTicketsDeps): () => void {
  const look = () =>
    mendTickets(deps).catch((error: unknown) => {
      deps.log.warn(
        { reason: messageOf(error) },
        "the tickets of waiting training jobs could not be looked at",
      );
    });
  const timer = setInterval(() => void look(), LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** One look. @returns how many tickets were missing */
export async function mendTickets({
  database,
  queue,
  jobs,
  jobWriter,
  log,
}: KeepTicketsDeps): Promise<number> {
  const { running, queued } = await jobs.queue();
  for (const job of [...running, ...queued]) {
    if (job.ticket === null) continue;
    const ticket = await queue.get(job.ticket);
    if (ticket !== null && ticket.finishedAt === null) continue;
    log.warn({ jobId: job.id }, "a training job had lost its ticket; it goes back to the queue");
    await jobWriter.takeFromTicket(job);
  }
  const waiting = (await jobs.queue()).queued.filter(({ ticket }) => ticket === null).length;
  const tickets = await queue.list({ kind: TRAINING_TICKET, state: "queued", limit: MOST_TICKETS });
  const missing = Math.max(0, Math.min(waiting, MOST_TICKETS) - tickets.length);
  for (let made = 0; made < missing; made++) {
    await database.transaction((tx) => queue.enqueue(tx, TRAINING_TICKET, {}));
  }
  return missing;
}
