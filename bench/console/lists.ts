import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pngOf } from "../../tests/support/drawn-pictures.ts";
import { postForm, postJson } from "../../tests/support/requests.ts";
import { startServer } from "../../tests/support/server-process.ts";
import { ADMIN, visitPage } from "./visits.ts";

/*
 * The console's long lists, and its first page.   node bench/console/lists.ts [CASES [PICTURES]]      10,000 and 5,000
 */

const [CASES = 10_000, PICTURES = 5_000] = process.argv.slice(2).map(Number);
const PER_BATCH = 1_000;
const PER_UPLOAD = 500;
const SIDE = 64;

const folder = await mkdtemp(join(tmpdir(), "quatrain-lists-"));
const server = await startServer({
  dataDir: folder,
  environment: { QUATRAIN_ADMIN_EMAIL: ADMIN.email, QUATRAIN_ADMIN_PASSWORD: ADMIN.password },
});

try {
  console.log("first page");
  await visitPage(server.url, "/", (page) => page.locator(".cards .tag.good").first().waitFor());
  await addCases();
  console.log(`${CASES} cases`);
  await visitPage(server.url, "/console/integrity", (page) =>
    page.locator(".virtual-table [role=cell]").first().waitFor(),
  );
  await addPictures();
  console.log(`${PICTURES} pictures`);
  await visitPage(server.url, "/console/inspection/roi?role=Line&roi=part", (page) =>
    page.locator(".virtual-grid img").first().waitFor(),
  );
} finally {
  await server.end("SIGTERM");
  await rm(folder, { recursive: true, force: true });
}

async function addCases(): Promise<void> {
  for (let at = 0; at < CASES; at += PER_BATCH) {
    const documentos = Array.from({ length: Math.min(PER_BATCH, CASES - at) }, (_, index) => ({
      texto: `El ensayo número ${at + index} compara dos maneras de leer en clase y discute lo que puede concluirse.`,
      metadata: {
        rol: "Estudiante",
        tipo_producto: "Ensayo",
        titulo: `Ensayo ${at + index}`,
        autor: `A${index}`,
      },
    }));
    const { body } = await postJson(`${server.url}/api/analyze/batch`, { documentos });
    for (let state = "queued"; state === "queued" || state === "running"; ) {
      const answer = await fetch(`${server.url}/api/batch/${body.batch.batch_id}?limit=0`);
      state = ((await answer.json()) as { batch: { state: string } }).batch.state;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function addPictures(): Promise<void> {
  for (let at = 0; at < PICTURES; at += PER_UPLOAD) {
    const images = await Promise.all(
      Array.from({ length: Math.min(PER_UPLOAD, PICTURES - at) }, (_, index) => {
        const data = new Uint8Array(SIDE * SIDE * 3).map((_value, place) => (place * (at + index + 3)) % 251);
        return pngOf({ width: SIDE, height: SIDE, data });
      }),
    );
    await postForm(`${server.url}/datasets/ok/upload`, { role_id: "Line", roi_id: "part", images });
  }
}
