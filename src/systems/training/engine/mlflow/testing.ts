import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

type Json = Record<string, unknown>;

/** One request that the fake server has seen. */
export interface SeenRequest {
  readonly path: string;
  readonly authorization: string | undefined;
  readonly body: Json;
}

/** What the fake server answers in the place of its own answer: a status with a body, or nothing at all. */
export type Answer = { readonly status: number; readonly body?: unknown } | "silence" | "hang-up";

/** An MLflow server with the few endpoints that the client uses, in memory, for tests. */
export interface FakeMlflow {
  readonly uri: string;
  readonly seen: readonly SeenRequest[];
  readonly experiments: Map<string, { id: string; lifecycle_stage: string }>;
  readonly runs: Map<string, Json>;
  readonly metrics: Json[];
  readonly params: Json[];
  /** Answers for the next requests whose path ends so, first come first served. */
  answerNext(path: string, ...answers: readonly Answer[]): void;
  close(): Promise<void>;
}

export async function openFakeMlflow(): Promise<FakeMlflow> {
  const seen: SeenRequest[] = [];
  const planned: { path: string; answer: Answer }[] = [];
  const experiments: FakeMlflow["experiments"] = new Map();
  const runs: FakeMlflow["runs"] = new Map();
  const metrics: Json[] = [];
  const params: Json[] = [];

  const own = (path: string, query: URLSearchParams, body: Json): { status: number; body: unknown } => {
    switch (path) {
      case "experiments/get-by-name": {
        const found = experiments.get(query.get("experiment_name") ?? "");
        if (!found) return missing("experiment");
        return answered({ experiment: { experiment_id: found.id, lifecycle_stage: found.lifecycle_stage } });
      }
      case "experiments/create": {
        const id = String(experiments.size + 1);
        experiments.set(String(body.name), { id, lifecycle_stage: "active" });
        return answered({ experiment_id: id });
      }
      case "runs/create": {
        if (![...experiments.values()].some(({ id }) => id === body.experiment_id))
          return missing("experiment");
        const run_id = `run${runs.size + 1}`;
        runs.set(run_id, { ...body, status: "RUNNING" });
        return answered({ run: { info: { run_id } } });
      }
      case "runs/log-batch":
        if (!runs.has(String(body.run_id))) return missing("run");
        metrics.push(...((body.metrics ?? []) as Json[]));
        params.push(...((body.params ?? []) as Json[]));
        return answered({});
      case "runs/update":
        runs.set(String(body.run_id), { ...runs.get(String(body.run_id)), ...body });
        return answered({ run_info: {} });
      default:
        return { status: 404, body: "no such page" };
    }
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "", "http://localhost");
    const path = url.pathname.replace("/api/2.0/mlflow/", "");
    const body = await bodyOf(request);
    seen.push({ path, authorization: request.headers.authorization, body });
    const at = planned.findIndex((plan) => path.endsWith(plan.path));
    const plan = at < 0 ? null : (planned.splice(at, 1)[0]?.answer ?? null);
    if (plan === "silence") return;
    if (plan === "hang-up") {
      request.socket.destroy();
      return;
    }
    const answer = plan ?? own(path, url.searchParams, body);
    response.writeHead(answer.status);
    response.end(typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body ?? {}));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    experiments,
    runs,
    metrics,
    params,
    answerNext: (path, ...answers) => void planned.push(...answers.map((answer) => ({ path, answer }))),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function answered(body: unknown) {
  return { status: 200, body };
}

function missing(what: string) {
  return { status: 404, body: { error_code: "RESOURCE_DOES_NOT_EXIST", message: `No such ${what}` } };
}

async function bodyOf(request: IncomingMessage): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Json);
}
