import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { METADATA, PLAIN_TEXT } from "../support/integrity-server.ts";
import { postJson, send } from "../support/requests.ts";
import { type ServerProcess, startServer } from "../support/server-process.ts";

/** A register of references and a language model, both on this machine; what they are asked is written down. */
const asked: { path: string; body: string }[] = [];
const outside = createServer(async (request, response) => {
  const path = decodeURIComponent(request.url ?? "");
  asked.push({ path, body: await text(request) });
  const answer = path.startsWith("/v1/chat")
    ? { choices: [{ message: { content: "Conviene comprobar los datos del segundo párrafo." } }] }
    : {
        message: {
          DOI: "10.1000/xyz123",
          title: ["A history of otters in northern rivers"],
          issued: { "date-parts": [[1998]] },
          author: [{ family: "Brown" }],
        },
      };
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
});
let server: ServerProcess;
let silent: ServerProcess;

beforeAll(async () => {
  await new Promise<void>((resolve) => outside.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`;
  const environment = {
    QUATRAIN_CROSSREF_URL: url,
    QUATRAIN_INTEGRITY_LLM_URL: `${url}/v1`,
    QUATRAIN_INTEGRITY_LLM_MODEL: "probe",
    QUATRAIN_INTEGRITY_LLM_KEY: "secret-key",
  };
  const options = ["--only", "integrity"];
  server = await startServer({ dataDir: await mkData(), environment, options });
  silent = await startServer({
    dataDir: await mkData(),
    environment: { ...environment, QUATRAIN_INTEGRITY_KEEP_TEXT: "0" },
    options,
  });
});

afterAll(async () => {
  await Promise.all([server, silent].map((one) => one.end("SIGTERM")));
  outside.close();
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});

const folders: string[] = [];
async function mkData(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "quatrain-look-ups-"));
  folders.push(folder);
  return folder;
}

const TEXT = `${PLAIN_TEXT} Según Pérez (2019), el caudal bajó.

Referencias

Pérez, J. (2019). El agua en las ciudades medianas de la meseta. Revista de Geografía, 12(3), 45-67. https://doi.org/10.1000/xyz123
`;

describe("look-ups that somebody switched on", () => {
  test("go on in the background: findings and a remark follow, the headline stays", async () => {
    const { body } = await postJson(`${server.url}/api/analyze`, { texto: TEXT, metadata: METADATA });
    const { measured, ...headline } = body.analysis;
    expect(measured.pending.sort()).toEqual(["opinion", "references"]);
    const now = async () => (await send("GET", `${server.url}/api/case/${body.case_id}`)).body.case;
    await expect.poll(async () => (await now()).measured.pending, { timeout: 20_000 }).toEqual([]);
    const found = await now();
    expect(found).toMatchObject({ overall_score: headline.overall_score, dimensions: headline.dimensions });
    const unconfirmed = found.measured.findings.find(
      ({ rule }: { rule: string }) => rule === "references.unconfirmed",
    );
    expect(unconfirmed).toMatchObject({ dimension: "referencias", severity: "medium" });
    expect([...TEXT].slice(unconfirmed.span.start, unconfirmed.span.end).join("")).toContain(
      "El agua en las ciudades",
    );
    expect(found.measured.signals.reference_look_up).toMatchObject({ mismatch: 1 });
    expect(found.measured.opinion).toMatchObject({
      model: "probe",
      text: expect.stringContaining("Conviene"),
    });
    expect(found.measured.combined_score).toBeGreaterThan(headline.overall_score);
  });

  test("see no text where none is kept; fingerprints still find it again, and no excerpt stands anywhere", async () => {
    asked.length = 0;
    const analyse = (texto: string) => postJson(`${silent.url}/api/analyze`, { texto, metadata: METADATA });
    const first = await analyse(`${TEXT} Como modelo de lenguaje, no puedo opinar.`);
    expect(first.body.analysis.measured.pending).toEqual([]);
    expect(asked).toEqual([]);
    const path = `${silent.url}/api/case/${first.body.case_id}`;
    expect((await send("GET", `${path}/text`)).body.code).toBe("TEXT_NOT_KEPT");
    const again = await analyse(`${TEXT} Otra vez.`);
    expect(again.body.analysis.measured.similarity[0]).toMatchObject({ id: first.body.case_id });
    expect(JSON.stringify((await send("GET", path)).body.case.measured)).not.toContain(
      "modelo de lenguaje, no",
    );
  });
});
