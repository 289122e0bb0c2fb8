import { expect, it } from "vitest";
import { METADATA, PLAIN_TEXT } from "../support/integrity-server.ts";
import { postJson, send } from "../support/requests.ts";
import { startServer } from "../support/server-process.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/*
 * The server is killed without warning in the middle of analyses and of a batch. Acknowledged cases are there, a batch
 * goes on where it stopped, no document becomes two cases, and the figures and the audit agree with the cases.
 */

const KILLS = Number(process.env.QUATRAIN_TEST_KILLS ?? 4);
const DOCUMENTS = 60;

it(`loses and doubles nothing over ${KILLS} kills`, { timeout: KILLS * 30_000 + 60_000 }, async () => {
  const dataDir = await temporaryFolder();
  const start = () => startServer({ dataDir, options: ["--only", "integrity"] });
  const acknowledged = new Set<string>();
  let server = await start();
  const documentos = Array.from({ length: DOCUMENTS }, (_, index) => ({
    texto: `${PLAIN_TEXT} Documento ${index} del lote.`,
    metadata: { ...METADATA, titulo: `Lote ${index}` },
  }));
  const { body } = await postJson(`${server.url}/api/analyze/batch`, { documentos });
  const path = `/api/batch/${body.batch.batch_id}`;

  for (let kill = 0; kill < KILLS; kill++) {
    const target = acknowledged.size + 3 + kill;
    await Promise.all(
      [1, 2, 3].map(async (client) => {
        for (let index = 0; ; index++) {
          try {
            const texto = `${PLAIN_TEXT} Cliente ${client}, vez ${index}, vida ${kill}.`;
            const answer = await postJson(`${server.url}/api/analyze`, { texto, metadata: METADATA });
            if (answer.status === 201) acknowledged.add(answer.body.case_id);
          } catch {
            return; // the connection broke: the server is dead
          }
          if (acknowledged.size >= target) server.process.kill("SIGKILL");
        }
      }),
    );
    expect((await server.end("SIGKILL")).signal).toBe("SIGKILL");
    server = await start();
  }

  await expect
    .poll(async () => (await send("GET", server.url + path)).body.batch.state, { timeout: 60_000 })
    .toBe("completed");
  const { batch, items } = (await send("GET", server.url + path)).body;
  expect(batch).toMatchObject({ done: DOCUMENTS, failed: 0 });
  expect(new Set(items.map(({ case_id }: { case_id: string }) => case_id)).size).toBe(DOCUMENTS);

  const { total, cases } = (await send("GET", `${server.url}/api/cases?limit=1000`)).body;
  const titles = cases
    .map(({ title }: { title: string }) => title)
    .filter((title: string) => title.startsWith("Lote"));
  expect(new Set(titles).size).toBe(DOCUMENTS);
  expect(titles).toHaveLength(DOCUMENTS);
  const ids = new Set(cases.map(({ case_id }: { case_id: string }) => case_id));
  expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
  const { metrics } = (await send("GET", `${server.url}/api/metrics/institutional`)).body;
  expect([metrics.total_cases, total]).toEqual([cases.length, cases.length]);
  const audit = (await send("GET", `${server.url}/api/audit/verify`)).body;
  expect(audit).toMatchObject({ valid: true, entries: cases.length });
  expect((await server.end("SIGTERM")).code).toBe(0);
  console.log(`${KILLS} kills, ${acknowledged.size} acknowledged cases, 0 lost, 0 doubled`);
});
