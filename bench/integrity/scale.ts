import { existsSync } from "node:fs";
import { join } from "node:path";
import { seededRandom } from "../../src/algorithms/anomaly/seeded-random.ts";
import { postJson, send } from "../../tests/support/requests.ts";
import { startServer } from "../../tests/support/server-process.ts";
import { generateDocument, plantPassage } from "./corpus.ts";
import { seedCases } from "./seed-cases.ts";

/*
 * Integrity with very many stored cases, over HTTP: lists, figures, and analyses of 1,000-word texts with everything on
 * while lists are read. The folder is filled once and used again.
 *   node bench/integrity/scale.ts [CASES] [FOLDER]        100,000 cases in /tmp/quatrain-scale-100000
 */

const CASES = Number(process.argv[2] ?? 100_000);
const FOLDER = process.argv[3] ?? `/tmp/quatrain-scale-${CASES}`;
const CLIENTS = 4;
const LOAD_SECONDS = 30;
const READS = 200;

if (!existsSync(join(FOLDER, "seeded"))) await seedCases(FOLDER, CASES);

const server = await startServer({ dataDir: FOLDER, options: ["--only", "integrity"] });
try {
  const first = (await send("GET", `${server.url}/api/cases?limit=50`)).body;
  console.log(`${first.total} cases`);
  const reads: readonly (readonly [string, string])[] = [
    ["GET /api/cases", "/api/cases"],
    ["... nivel, rol", "/api/cases?nivel=ALTO&rol=Estudiante&limit=50"],
    ["... offset 50,000", "/api/cases?offset=50000&limit=50"],
    ["... cursor", `/api/cases?cursor=${first.next_cursor}`],
    ["... q", "/api/cases?q=ensayo%2012"],
    ["... autor", "/api/cases?autor=Autor%2077"],
    ["GET /api/metrics/institutional", "/api/metrics/institutional"],
    ["GET /api/metrics/temporal daily", "/api/metrics/temporal?period=daily"],
    ["GET /api/case/{id}", `/api/case/${first.cases[7].case_id}`],
  ];
  for (const [name, path] of reads) {
    const times: number[] = [];
    for (let index = 0; index < READS; index++) times.push(await timed(() => send("GET", server.url + path)));
    report(name, times);
  }
  await load(server.url, first.total);
} finally {
  await server.end("SIGTERM");
}

/** `stored`: cases that are there, so that no run draws the texts of another. */
async function load(url: string, stored: number): Promise<void> {
  const analyses: number[] = [];
  const lists: number[] = [];
  const until = performance.now() + LOAD_SECONDS * 1_000;
  let drawn = 0;
  let found = 0;
  const analyse = async () => {
    while (performance.now() < until) {
      const texto = drawText(stored * 100 + drawn++);
      const metadata = {
        rol: "Estudiante",
        tipo_producto: "Ensayo",
        titulo: `Carga ${drawn}`,
        autor: `Autor ${drawn}`,
      };
      analyses.push(
        await timed(async () => {
          const { status, body } = await postJson(`${url}/api/analyze`, { texto, metadata });
          if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
          if (body.analysis.measured.similarity.length > 0) found++;
        }),
      );
    }
  };
  const list = async () => {
    while (performance.now() < until) {
      lists.push(await timed(() => send("GET", `${url}/api/cases?limit=50`)));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  const begun = performance.now();
  await Promise.all([...Array.from({ length: CLIENTS }, analyse), list()]);
  const seconds = (performance.now() - begun) / 1_000;
  console.log(
    `\n${CLIENTS} clients for ${LOAD_SECONDS} s: ${(analyses.length / seconds).toFixed(1)} analyses a second, ${found} with a similar document`,
  );
  report("POST /api/analyze, 1,000 words", analyses);
  report("GET /api/cases meanwhile", lists);
}

/** A new text; every other one has a passage of a stored text in it, one word in five edited. */
function drawText(index: number): string {
  const { text } = generateDocument(9_000_000 + index);
  if (index % 2 === 0) return text;
  const random = seededRandom(index);
  const source = generateDocument(random.below(CASES)).text;
  return plantPassage(text, source, { words: 150, editRate: 0.2 }, random).text;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

function report(name: string, times: number[]): void {
  times.sort((a, b) => a - b);
  const at = (share: number) =>
    `${times[Math.min(times.length - 1, Math.floor(share * times.length))]!.toFixed(1)} ms`;
  console.log(
    `${name.padEnd(34)} p50 ${at(0.5).padStart(9)}  p95 ${at(0.95).padStart(9)}  p99 ${at(0.99).padStart(9)}`,
  );
}
