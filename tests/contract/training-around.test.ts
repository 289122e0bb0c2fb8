import { join } from "node:path";
import { describe, expect, test } from "vitest";
import * as contract from "../../src/contracts/training/index.ts";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import { postJson, send } from "../support/requests.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { ADMIN, PASSWORD, useTrainingServer } from "../support/training-server.ts";

/** Every system in one server, and a listener of training's own. */
const { ask, url, server } = useTrainingServer(
  { TRAINING_PORT: "0", QUATRAIN_REGISTRATION: "closed", TRAINING_CORS_ORIGINS: "http://studio.example" },
  [],
  2,
);

const own = (path: string) => {
  const line = server().lines.find((candidate) => candidate.includes("training"));
  return /on (\S+)/.exec(line!)![1]! + path;
};

describe("beside the other systems", () => {
  test("paths below /api/v1/ that nobody knows answer in training's shape, other ones in integrity's", async () => {
    for (const path of ["/api/v1/nothing", "/api/v1/training/nothing", "/ws/nothing"]) {
      const { status, body } = await send("GET", url(path));
      expect([path, status, body.code, body.detail]).toEqual([path, 404, "NOT_FOUND", "Not Found"]);
      ErrorBody.parse(body);
    }
    const { status, body } = await send("GET", url("/api/nothing"));
    expect(status).toBe(404);
    expect(body).not.toHaveProperty("detail");
    expect(body).toMatchObject({ code: "NOT_FOUND", error: expect.any(String) });
  });

  test("methods that a path does not take are 405, with those that it takes", async () => {
    for (const [method, path, allowed] of [
      ["PUT", "/api/v1/training/jobs", "GET, HEAD, POST"],
      ["GET", "/api/v1/auth/login", "POST"],
      ["PATCH", "/api/v1/datasets", "GET, HEAD, POST"],
      ["GET", "/api/v1/training/stop/1", "POST"],
    ] as const) {
      const { status, body, headers } = await send(method, url(path));
      ErrorBody.parse(body);
      expect([path, status, body.code]).toEqual([path, 405, "METHOD_NOT_ALLOWED"]);
      expect(headers.get("allow")).toBe(allowed);
    }
  });

  test("registration is closed where the server's owner says so", async () => {
    const json = { email: "new@training.example", password: PASSWORD };
    const { status, body } = await ask("POST", "/auth/register", { as: null, json });
    expect([status, body.code]).toEqual([403, "REGISTRATION_CLOSED"]);
    ErrorBody.parse(body);
  });

  test("the OpenAPI document has every endpoint, with its answers", async () => {
    const { body } = await send("GET", url("/_/openapi.json"));
    const routes = Object.values(contract).filter(
      (one) => typeof one === "object" && "path" in one && "method" in one,
    );
    expect(routes.length).toBeGreaterThan(50);
    for (const { method, path, responses, id } of routes) {
      const documented = path.replace(/\/:(\w+)/g, "/{$1}").replace(/\/\*(\w+)/g, "/{$1}");
      const operation = body.paths[documented]?.[method.toLowerCase()];
      expect(operation?.operationId, `${method} ${documented}`).toBe(id);
      expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(Object.keys(responses)));
    }
    const started = body.paths["/api/v1/training/jobs"].post.responses;
    expect(Object.keys(started)).toEqual(expect.arrayContaining(["201", "400", "401", "404", "409", "422"]));
  });

  test("browsers of the configured origin are let in, with their credentials", async () => {
    const preflight = await fetch(url("/api/v1/training/jobs"), {
      method: "OPTIONS",
      headers: {
        origin: "http://studio.example",
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      },
    });
    expect(preflight.status).toBeLessThan(300);
    expect(preflight.headers.get("access-control-allow-origin")).toBe("http://studio.example");
    expect(preflight.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("authorization");
    const other = await fetch(url("/api/v1/training/jobs"), { headers: { origin: "http://evil.example" } });
    expect(other.headers.get("access-control-allow-origin")).toBeNull();
  });
});

describe("TRAINING_PORT", () => {
  test("speaks training alone, in its dialect everywhere", async () => {
    const login = await fetch(own("/api/v1/auth/login"), {
      method: "POST",
      body: new URLSearchParams(ADMIN),
    });
    expect(login.status).toBe(200);
    const { access_token: token } = (await login.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${token}` };
    expect((await send("GET", own("/api/v1/models/list"), headers)).status).toBe(200);
    for (const path of ["/api/analyze", "/anything", "/health-of-nobody"]) {
      const { status, body } = await send("GET", own(path), headers);
      ErrorBody.parse(body);
      expect([path, status, body.code]).toEqual([path, 404, "NOT_FOUND"]);
    }
  });
});

test("--only training leaves the others out; the first administrator's password is random, and shown once", async () => {
  const dataDir = join(await temporaryFolder(), "data");
  const whileServing = async (work: (one: ServerProcess) => Promise<void>) => {
    const one = await startServer({ dataDir, options: ["--only", "training"] });
    try {
      await work(one);
    } finally {
      expect(await one.end("SIGTERM")).toMatchObject({ code: 0 });
    }
  };
  await whileServing(async (one) => {
    const { status, body } = await send("GET", `${one.url}/api/analyze`);
    ErrorBody.parse(body);
    expect([status, body.code]).toEqual([404, "NOT_FOUND"]);
    await expect.poll(() => one.stderr()).toMatch(/password \S{16,} /);
    const [, email, password] = /administrator (\S+), password (\S+) /.exec(one.stderr())!;
    const login = await postJson(`${one.url}/api/v1/auth/login`, { email, password });
    expect([login.status, login.body.user?.role]).toEqual([200, "admin"]);
  });
  await whileServing(async (one) => expect(one.stderr()).not.toContain("password"));
});
