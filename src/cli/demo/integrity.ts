import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { QuatrainClient } from "../../client/index.ts";
import { analyze, getReport } from "../../contracts/integrity/index.ts";
import { describeMeasured, measuredInShort } from "../integrity/describe-measured.ts";
import { LineStarts } from "../integrity/line-starts.ts";
import { showProgress } from "../progress.ts";
import { FIRST_ESSAY, SECOND_ESSAY } from "./integrity-essays.ts";

/** Two essays, the second of which copies from the first; what is measured in each, and the second one's report. */
export async function demonstrateIntegrity(client: QuatrainClient, outDir: string): Promise<void> {
  const progress = showProgress("integrity");
  await mkdir(outDir, { recursive: true });
  try {
    progress.update(0, "an essay");
    const first = await submit(client, "Los ríos urbanos", "Elena Prado", FIRST_ESSAY, {});
    progress.update(0.4, "one that copies from it");
    const second = await submit(client, "Recuperar el agua", "Tomás Vidal", SECOND_ESSAY, {
      sin_borradores: 1,
    });
    progress.update(0.8, "the report");
    const report = join(outDir, `${second.caseId}.html`);
    await writeFile(
      report,
      await client.bytes(getReport, { case_id: second.caseId, format: "html", lang: "en" }),
    );
    progress.stop();
    process.stdout.write(`integrity: two essays, the second copies from the first\n\n`);
    process.stdout.write(`${first.described}\n\n${second.described}\n\nreport: ${report}\n`);
  } finally {
    progress.stop();
  }
}

async function submit(
  client: QuatrainClient,
  titulo: string,
  autor: string,
  texto: string,
  evidencias: { readonly sin_borradores?: 1 },
): Promise<{ caseId: string; described: string }> {
  const metadata = { rol: "Estudiante", tipo_producto: "Ensayo", titulo, autor };
  const answer = await client
    .withHeaders({ "accept-language": "en" })
    .call(analyze, { texto, metadata, evidencias });
  const { overall_score, overall_level, confidence, measured } = answer.analysis;
  const head = `${titulo}: ${overall_score} ${overall_level}, confidence ${confidence}${measuredInShort(measured, overall_score)} (${answer.case_id})`;
  return {
    caseId: answer.case_id,
    described: [head, ...describeMeasured(measured, new LineStarts(texto))].join("\n"),
  };
}
