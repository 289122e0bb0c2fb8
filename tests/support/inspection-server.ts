import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { discPng } from "./drawn-pictures.ts";
import { type Answer, postForm } from "./requests.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

export interface RoiIds {
  readonly role_id: string;
  readonly roi_id: string;
}

/** One server for a whole file of contract tests, each of which takes a ROI of its own. */
export interface InspectionServer {
  /** The folder that the server keeps its data in. */
  dataDir(): string;
  url(path: string): string;
  query(path: string, fields: object): string;
  /** Role and ROI with characters that no file name likes. */
  newRoi(): RoiIds;
  /** A new ROI with a memory of so many good discs, and what the fit answered. */
  fitted(count?: number, fields?: Readonly<Record<string, string>>): Promise<{ roi: RoiIds; answer: Answer }>;
}

export function useInspectionServer(): InspectionServer {
  let server: ServerProcess;
  let dataDir: string;
  let rois = 0;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "quatrain-contract-"));
    server = await startServer({ dataDir });
  });

  afterAll(async () => {
    expect(await server.end("SIGTERM")).toMatchObject({ code: 0 });
    await rm(dataDir, { recursive: true, force: true });
  });

  const url = (path: string) => server.url + path;
  const newRoi = () => ({ role_id: "Línea 1/Inspección", roi_id: `roi ${++rois}: ../disc` });
  return {
    dataDir: () => dataDir,
    url,
    query: (path, fields) => url(`${path}?${new URLSearchParams({ ...fields })}`),
    newRoi,
    async fitted(count = 4, fields = {}) {
      const roi = newRoi();
      const images = await goodDiscs(count);
      const answer = await postForm(url("/fit_ok"), { ...roi, mm_per_px: 0.2, ...fields, images });
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return { roi, answer };
    },
  };
}

/** Drawn discs without a flaw. */
export function goodDiscs(count: number): Promise<Blob[]> {
  return Promise.all(Array.from({ length: count }, (_, seed) => discPng(seed)));
}
