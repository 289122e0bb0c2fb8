import { basename } from "node:path";
import type { z } from "zod";
import { ClientError, type QuatrainClient } from "../../client/index.ts";
import { type AnalyzeAnswer, analyzeFile } from "../../contracts/integrity/index.ts";
import type { ClientInputOf } from "../../contracts/route.ts";
import { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import { showProgress } from "../progress.ts";
import { documentPart } from "./document-files.ts";

/** What became of one file: an answer, or what was wrong with it. */
export interface CheckedFile {
  readonly file: string;
  readonly answer: z.infer<typeof AnalyzeAnswer> | null;
  readonly error: string | null;
  readonly code: string | null;
}

/** Answers that would be the same for every file. */
const HOPELESS = new Set([401, 403]);

/**
 * Analyses files one after the other, so that each is compared with those before it. One that fails does not stop the
 * others; what became of each is in `checked`, also when this throws.
 * @throws ClientError when the credential does not suffice; TypeError when the server cannot be reached
 */
export async function checkFiles(
  client: QuatrainClient,
  files: readonly string[],
  sent: ClientInputOf<typeof analyzeFile>,
  checked: CheckedFile[],
): Promise<void> {
  const progress = showProgress("check");
  try {
    for (const [index, file] of files.entries()) {
      progress.update(index / files.length, basename(file));
      checked.push(await checkFile(client, file, sent));
    }
  } finally {
    progress.stop();
  }
}

async function checkFile(
  client: QuatrainClient,
  file: string,
  sent: ClientInputOf<typeof analyzeFile>,
): Promise<CheckedFile> {
  try {
    const answer = await client.call(analyzeFile, sent, { file: [await documentPart(file)] });
    return { file, answer, error: null, code: null };
  } catch (error) {
    if (!isOfOneFile(error)) throw error;
    return { file, answer: null, error: error.message, code: error.code };
  }
}

function isOfOneFile(error: unknown): error is ClientError | QuatrainError {
  return error instanceof ClientError ? !HOPELESS.has(error.status) : error instanceof QuatrainError;
}
