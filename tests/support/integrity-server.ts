import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Answer, postJson } from "./requests.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export interface IntegrityServer {
  url(path: string): string;
  dataDir(): string;
  server(): ServerProcess;
  /** Posts a document that the contract takes without a warning. */
  analyse(texto: string, fields?: object, metadata?: object): Promise<Answer>;
}

/** A document's metadata without anything to warn about. */
export const METADATA = {
  rol: "Estudiante",
  tipo_producto: "Ensayo",
  titulo: "Mi ensayo",
  autor: "Juan García",
};

/** A text that nothing is found in. */
export const PLAIN_TEXT =
  "La biblioteca del barrio abre temprano. Por la mañana llegan personas mayores que leen el periódico, y por la tarde " +
  "vienen estudiantes con sus cuadernos. Nadie habla en voz alta, aunque a veces se oye una risa.";

/** One server for a whole file of tests, alone: it speaks integrity's dialect everywhere. */
export function useIntegrityServer(
  environment: Readonly<Record<string, string>> = {},
  options: readonly string[] = ["--only", "integrity"],
): IntegrityServer {
  let server: ServerProcess;
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "quatrain-integrity-"));
    server = await startServer({ dataDir, environment, options });
  });

  afterAll(async () => {
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
    await rm(dataDir, { recursive: true, force: true });
  });

  const url = (path: string) => server.url + path;
  return {
    url,
    dataDir: () => dataDir,
    server: () => server,
    analyse: (texto, fields = {}, metadata = METADATA) =>
      postJson(url("/api/analyze"), { texto, metadata, ...fields }),
  };
}
