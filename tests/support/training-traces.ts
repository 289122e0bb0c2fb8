import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import { ErrorBody } from "../../src/contracts/training/vocabulary.ts";
import type { Answer } from "./requests.ts";
import type { TrainingServer } from "./training-server.ts";

/** Everything that uploads leave: files of the store and of work under way, and how many datasets and jobs there are. */
export async function tracesOf({ ask, dataDir }: TrainingServer): Promise<readonly string[]> {
  const folders = [join(dataDir(), "training"), join(dataDir(), "tmp")];
  const files = await Promise.all(
    folders.map(async (folder) => {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name))
        .sort();
    }),
  );
  const [datasets, jobs] = await Promise.all(
    ["/datasets", "/training/jobs"].map(async (path) => (await ask("GET", path)).body.total),
  );
  return [`${datasets} datasets`, `${jobs} jobs`, ...files.flat()];
}

/** The same once the uploads before have been cleared away: that happens after their answers. */
export async function settledTraces(server: TrainingServer): Promise<readonly string[]> {
  let traces: readonly string[] = [];
  const waiting = async () => {
    traces = await tracesOf(server);
    return traces.filter((trace) => trace.includes("/tmp/uploads-"));
  };
  await expect.poll(waiting).toEqual([]);
  return traces;
}

/** A refusal in the contract's words; with a code, that one. */
export function expectRefusal(
  { status, body }: Answer,
  expected: number,
  code?: string,
  field?: string,
): void {
  expect([status, code === undefined ? undefined : body.code], JSON.stringify(body)).toEqual([
    expected,
    code,
  ]);
  ErrorBody.strict().parse(body);
  expect(body.detail).not.toBe("");
  if (field !== undefined) expect(body.field).toBe(field);
}

/** Sends something that is refused, and nothing of it stays. */
export async function refusedWithoutTrace(
  server: TrainingServer,
  sent: () => Promise<Answer>,
  expected: number,
  code: string,
): Promise<Answer> {
  const before = await settledTraces(server);
  const answer = await sent();
  expectRefusal(answer, expected, code);
  await expect.poll(() => tracesOf(server)).toEqual(before);
  return answer;
}
