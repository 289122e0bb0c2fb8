import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { z } from "zod";
import { ClientError, type QuatrainClient } from "../../client/index.ts";
import { addSources, type Source } from "../../contracts/integrity/index.ts";
import type { ClientInputOf } from "../../contracts/route.ts";
import { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import { note } from "../output.ts";
import { showProgress } from "../progress.ts";
import { documentPart } from "./document-files.ts";

export interface AddedSources {
  readonly added: readonly z.infer<typeof Source>[];
  readonly failed: readonly { readonly file: string; readonly error: string }[];
}

const MOST_FILES = 20;
const MOST_BYTES = 32 * 2 ** 20;
/** The group cannot be taken as it is, but each of its files may be. */
const REFUSED = new Set([400, 413]);

/** Adds files in groups; one that cannot be read fails alone. @throws ClientError, TypeError when nothing more can be sent */
export async function addSourceFiles(
  client: QuatrainClient,
  files: readonly string[],
  fields: ClientInputOf<typeof addSources>,
): Promise<AddedSources> {
  const progress = showProgress("sources");
  const added: z.infer<typeof Source>[] = [];
  const failed: AddedSources["failed"][number][] = [];
  try {
    let done = 0;
    for (const group of await groupsOf(files)) {
      progress.update(done / files.length, `${done} of ${files.length}`);
      const result = await addGroup(client, group, fields);
      added.push(...result.added);
      failed.push(...result.failed);
      done += group.length;
    }
    return { added, failed };
  } catch (error) {
    if (added.length > 0) note(`${added.length} sources were added before this`);
    throw error;
  } finally {
    progress.stop();
  }
}

async function addGroup(
  client: QuatrainClient,
  files: readonly string[],
  fields: ClientInputOf<typeof addSources>,
): Promise<AddedSources> {
  try {
    const file = await Promise.all(files.map(documentPart));
    const answer = await client.call(addSources, fields, { file });
    return {
      added: answer.sources,
      failed: answer.failed.map((one) => ({ ...one, file: pathOf(files, one) })),
    };
  } catch (error) {
    if (!(error instanceof ClientError || error instanceof QuatrainError) || !REFUSED.has(error.status))
      throw error;
    if (files.length === 1) return { added: [], failed: [{ file: files[0]!, error: error.message }] };
    const alone = [];
    for (const file of files) alone.push(await addGroup(client, [file], fields));
    return { added: alone.flatMap((one) => one.added), failed: alone.flatMap((one) => one.failed) };
  }
}

function pathOf(files: readonly string[], { filename }: { readonly filename: string }): string {
  return files.find((file) => basename(file) === filename) ?? filename;
}

/** Files in their order, as many together as one request may carry. */
async function groupsOf(files: readonly string[]): Promise<string[][]> {
  const groups: string[][] = [];
  let bytes = 0;
  for (const file of files) {
    const { size } = await stat(file);
    const last = groups.at(-1);
    if (last === undefined || last.length === MOST_FILES || bytes + size > MOST_BYTES) {
      groups.push([file]);
      bytes = size;
    } else {
      last.push(file);
      bytes += size;
    }
  }
  return groups;
}
