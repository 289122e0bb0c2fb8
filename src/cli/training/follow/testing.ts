import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { QuatrainClient } from "../../../client/index.ts";
import type { EpochEvent, LogEvent, StatusEvent, StepEvent, TrainingListener } from "./live-events.ts";

/**
 * What happens on one connection to the events, once its reader has caught up with what is stored: it writes to the
 * response, and ends or breaks it.
 */
export type Connection = (response: ServerResponse, job: FakeJob) => void;

/** What the server has stored. */
export interface FakeJob {
  status: string;
  current_epoch: number;
  total_epochs: number;
  eta_seconds: number | null;
  metrics: EpochEvent[];
  logs: LogEvent[];
}

/** A server with one job, number 5, whose events come as the connections say, one after the other. */
export async function fakeTrainingServer(connections: readonly Connection[]) {
  const job: FakeJob = {
    status: "running",
    current_epoch: 0,
    total_epochs: 3,
    eta_seconds: null,
    metrics: [],
    logs: [],
  };
  const left = [...connections];
  let begin: (() => void) | null = null;
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://x");
    const path = url.pathname.replace("/api/v1/training/jobs/5", "");
    const json = (body: unknown) => response.end(JSON.stringify(body));
    if (path === "/events") {
      const connection = left.shift();
      if (connection === undefined) return void response.writeHead(503).end('{"detail": "starting"}');
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      begin = () => connection(response, job);
    } else if (path === "/metrics") json(job.metrics);
    else if (path === "/logs") {
      json(linesOf(job.logs, url.searchParams));
      begin?.();
      begin = null;
    } else if (path === "") json({ id: 5, ...job });
    else response.writeHead(404).end('{"detail": "nothing here", "code": "NOT_FOUND"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { job, client: new QuatrainClient({ baseUrl }) };
}

function linesOf(logs: readonly LogEvent[], query: URLSearchParams): readonly LogEvent[] {
  const limit = Number(query.get("limit"));
  const after = query.get("after");
  if (after === null) return logs.slice(-limit);
  return logs.filter(({ id }) => id > Number(after)).slice(0, limit);
}

/** Writes one event. */
export function emit(response: ServerResponse, name: string, data: unknown): void {
  response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
}

export const epoch = (number: number, loss = 1 / number): EpochEvent => ({
  epoch: number,
  loss,
  accuracy: 0.5,
  learning_rate: 0.001,
});

export const line = (id: number, level = "info"): LogEvent => ({
  id,
  log_type: "stdout",
  level,
  message: `line ${id}`,
  created_at: "2025-01-01T00:00:00Z",
});

/** Notes everything that it is told, in words. */
export class Notes implements TrainingListener {
  readonly told: string[] = [];
  status = ({ status, current_epoch }: StatusEvent) => this.told.push(`${status} ${current_epoch}`);
  step = ({ epoch: number, step }: StepEvent) => this.told.push(`step ${number}.${step}`);
  epoch = ({ epoch: number, loss }: EpochEvent) => this.told.push(`epoch ${number}: ${loss}`);
  log = ({ message }: LogEvent) => this.told.push(message);
  connection = (lost: boolean) => this.told.push(lost ? "lost" : "found");
}
