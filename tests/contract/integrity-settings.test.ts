import { writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { METADATA, PLAIN_TEXT } from "../support/integrity-server.ts";
import { postJson, send } from "../support/requests.ts";
import { type ServerSettings, startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

async function start(environment: Readonly<Record<string, string>>, more: Partial<ServerSettings> = {}) {
  const dataDir = more.dataDir ?? (await temporaryFolder());
  const server = await startServer({ dataDir, environment, options: ["--only", "integrity"], ...more });
  onTestFinished(async () => {
    await server.end("SIGTERM");
  });
  return server;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const body = { texto: PLAIN_TEXT, metadata: METADATA };

test("the older server's own names open a listener with integrity's dialect beside the shared one", async () => {
  const port = await freePort();
  const environment = { FLASK_HOST: "127.0.0.1", FLASK_PORT: String(port), FLASK_ENV: "production" };
  const server = await start(environment, { options: [], listeners: 2 });
  expect(server.lines[1]).toBe(`quatrain listening on http://127.0.0.1:${port} (integrity)`);
  const own = `http://127.0.0.1:${port}`;
  expect((await send("GET", `${own}/health`)).body).toMatchObject({ status: "healthy", version: "2.0" });
  expect((await send("GET", `${own}/infer`)).body).toEqual({
    error: "Endpoint not found",
    code: "NOT_FOUND",
    status: 404,
  });
  const shared = (await send("GET", `${server.url}/health`)).body;
  expect(shared).toMatchObject({
    status: "ok",
    device: "cpu",
    systems: { inspection: "ok", integrity: "ok" },
  });
  expect(shared.timestamp).toMatch(/^\d{4}-/);
  expect((await send("GET", `${server.url}/api/nothing`)).body.code).toBe("NOT_FOUND");
  const analysed = await postJson(`${own}/api/analyze`, body);
  expect((await send("GET", `${server.url}/api/case/${analysed.body.case_id}`)).status).toBe(200);
});

test("a key, under its older name too, is asked for once it exists", async () => {
  const server = await start({ API_KEY: "k-e-y" });
  const without = await postJson(`${server.url}/api/analyze`, body);
  expect([without.status, without.body.code]).toEqual([401, "UNAUTHORIZED"]);
  expect((await postJson(`${server.url}/api/analyze`, body, { "x-api-key": "wrong" })).status).toBe(401);
  expect((await postJson(`${server.url}/api/analyze`, body, { "x-api-key": "k-e-y" })).status).toBe(201);
  expect((await send("GET", `${server.url}/api/cases`)).status).toBe(401);
  expect((await send("GET", `${server.url}/health`)).status).toBe(200);
});

test("pages of allowed origins may call it, others get no leave", async () => {
  const server = await start({ INTEGRITY_CORS_ORIGINS: "https://uni.example" });
  const allowed = await send("GET", `${server.url}/api/info`, { origin: "https://uni.example" });
  expect(allowed.headers.get("access-control-allow-origin")).toBe("https://uni.example");
  const other = await send("GET", `${server.url}/api/info`, { origin: "https://other.example" });
  expect(other.headers.get("access-control-allow-origin")).not.toBe("https://other.example");
});

test("days are those of the configured time zone", async () => {
  const server = await start({ QUATRAIN_TIMEZONE: "Pacific/Kiritimati" });
  const { body: analysed } = await postJson(`${server.url}/api/analyze`, body);
  const at = new Date(`${analysed.metadata.analyzed_at}Z`).getTime();
  const there = new Date(at + 14 * 3_600_000).toISOString().slice(0, 10);
  expect(Object.keys((await send("GET", `${server.url}/api/metrics/temporal`)).body.data)).toEqual([there]);
});

test("an operator's own list of phrases counts, and one that is none keeps the server from starting", async () => {
  const dataDir = await temporaryFolder();
  const path = join(await temporaryFolder(), "phrases.json");
  await writeFile(path, JSON.stringify({ phrases: [{ tortured: "gato volador", correct: "avión" }] }));
  const server = await start({ QUATRAIN_INTEGRITY_PHRASES: path }, { dataDir });
  const texto = `${PLAIN_TEXT} El gato volador despegó a las tres.`;
  const { analysis } = (await postJson(`${server.url}/api/analyze`, { ...body, texto })).body;
  expect(analysis.measured.findings).toMatchObject([{ rule: "phrases.tortured" }]);
  await server.end("SIGTERM");
  await writeFile(path, "no list");
  await expect(start({ QUATRAIN_INTEGRITY_PHRASES: path }, { dataDir })).rejects.toThrow(
    "QUATRAIN_INTEGRITY_PHRASES",
  );
});

test("settings that cannot be used are named", async () => {
  await expect(start({ INTEGRITY_PORT: "9123", INSPECTION_PORT: "9123" })).rejects.toThrow("INTEGRITY_PORT");
  await expect(start({ QUATRAIN_TIMEZONE: "Marte/Olympus" })).rejects.toThrow("QUATRAIN_TIMEZONE");
  await expect(start({ QUATRAIN_INTEGRITY_LLM_URL: "http://127.0.0.1:1" })).rejects.toThrow(
    "QUATRAIN_INTEGRITY_LLM_MODEL",
  );
  await expect(
    start({ FLASK_HOST: "0.0.0.0", FLASK_PORT: String(await freePort()) }, { options: [] }),
  ).rejects.toThrow("asks for no credential");
});

test("an author's earlier texts are compared with only where that was asked for", async () => {
  const server = await start({ QUATRAIN_INTEGRITY_EARLIER_TEXTS: "1" });
  const coverage = async (texto: string, metadata: object) =>
    (await postJson(`${server.url}/api/analyze`, { texto, metadata })).body.analysis.measured.coverage;
  const long = (seed: number) =>
    Array.from(
      { length: 60 },
      (_, index) =>
        `En la jornada ${index * seed} hablamos del puerto, de la niebla y de los barcos que no llegan.`,
    ).join(" ");
  expect(await coverage(long(1), METADATA)).not.toHaveProperty("earlier_texts");
  expect(await coverage(long(7), METADATA)).toMatchObject({ earlier_texts: { done: true } });
  expect(await coverage(long(9), { ...METADATA, autor: "Otra" })).not.toHaveProperty("earlier_texts");
  expect(await coverage(long(11), { ...METADATA, autor: "Anónimo" })).not.toHaveProperty("earlier_texts");
});
