import { describe, expect, it } from "vitest";
import { METADATA, PLAIN_TEXT } from "../support/integrity-server.ts";
import { POSTGRES_URL, temporaryDatabase } from "../support/postgres.ts";
import { postJson, send } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** One PostgreSQL, several processes: api processes analyse and list, a worker does what goes on in the background. */

describe.skipIf(!POSTGRES_URL)("integrity on PostgreSQL", () => {
  it("cases of every process are one list, one set of figures and one chain; a batch goes on in a worker", async () => {
    const environment = { DATABASE_URL: await temporaryDatabase(), QUATRAIN_SHARED_DATA: "1" };
    const dataDir = await temporaryFolder();
    const start = (role: string) =>
      startServer({ dataDir, environment, options: ["--only", "integrity", "--roles", role] });
    const [first, second] = await Promise.all([start("api"), start("api")]);
    const analyse = (url: string, texto: string) =>
      postJson(`${url}/api/analyze`, { texto, metadata: METADATA });

    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        analyse((index % 2 ? second! : first!).url, `${PLAIN_TEXT} Frase distinta número ${index}.`),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 201));
    const copy = await analyse(second!.url, `${PLAIN_TEXT} Y una copia.`);
    expect(copy.body.analysis.measured.similarity.length).toBeGreaterThan(0);

    const documentos = Array.from({ length: 6 }, (_, index) => ({
      texto: `${PLAIN_TEXT} Lote ${index}.`,
      metadata: METADATA,
    }));
    const { body } = await postJson(`${first!.url}/api/analyze/batch`, { documentos });
    const worker = await start("worker");
    const batch = async () =>
      (await send("GET", `${second!.url}/api/batch/${body.batch.batch_id}`)).body.batch;
    await expect.poll(async () => (await batch()).state, { timeout: 40_000 }).toBe("completed");
    expect(await batch()).toMatchObject({ done: 6, failed: 0 });

    const { body: list } = await send("GET", `${first!.url}/api/cases?limit=100`);
    expect([list.total, list.returned]).toEqual([19, 19]);
    const { metrics } = (await send("GET", `${second!.url}/api/metrics/institutional`)).body;
    expect(metrics.total_cases).toBe(19);
    const { body: week } = await send("GET", `${second!.url}/api/metrics/temporal?period=weekly`);
    expect(Object.values(week.data)).toMatchObject([{ total_cases: 19 }]);
    expect((await send("GET", `${first!.url}/api/cases?q=ensayo`)).body.total).toBe(19);

    const deleted = await fetch(`${second!.url}/api/case/${copy.body.case_id}`, { method: "DELETE" });
    expect(deleted.status).toBe(200);
    expect((await send("GET", `${first!.url}/api/case/${copy.body.case_id}`)).status).toBe(404);
    expect((await send("GET", `${first!.url}/api/audit/verify`)).body).toMatchObject({
      valid: true,
      entries: 20,
    });
    for (const server of [first!, second!, worker]) expect((await server.end("SIGTERM")).code).toBe(0);
  });
});
