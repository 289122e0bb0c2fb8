import { ClientError, type QuatrainClient } from "../../../src/client/index.ts";
import * as contract from "../../../src/contracts/inspection/index.ts";
import type { GivenFile } from "../parts/drop-zone.tsx";
import type { RoiPlace } from "./place.ts";

/** What became of pictures that were sent. */
export interface Uploaded {
  readonly saved: number;
  readonly refused: readonly { readonly path: string; readonly why: string }[];
}

const GROUP = 16;

/**
 * Sends pictures in groups. The server takes all of a group or none of it: a group that it refuses is sent again one by
 * one, so that only what is at fault stays behind.
 *
 * @param onProgress share of the files that are through
 * @throws what is not about a file: the server away, no right to do it
 */
export async function uploadPictures(
  client: QuatrainClient,
  place: RoiPlace,
  label: "ok" | "ng",
  files: readonly GivenFile[],
  onProgress: (share: number) => void,
): Promise<Uploaded> {
  const { recipe_id, role_id, roi_id } = place;
  const route = label === "ok" ? contract.uploadOk : contract.uploadNg;
  const send = (some: readonly GivenFile[]) =>
    client.call(
      route,
      { recipe_id, role_id, roi_id },
      { images: some.map(({ file }) => ({ filename: file.name, content: file })) },
    );
  let saved = 0;
  const refused: { path: string; why: string }[] = [];
  for (let at = 0; at < files.length; at += GROUP) {
    const group = files.slice(at, at + GROUP);
    for (const some of await sendable(group, send, refused)) saved += some;
    onProgress(Math.min(1, (at + GROUP) / files.length));
  }
  return { saved, refused };
}

async function sendable(
  group: readonly GivenFile[],
  send: (some: readonly GivenFile[]) => Promise<{ readonly saved: readonly string[] }>,
  refused: { path: string; why: string }[],
): Promise<number[]> {
  try {
    return [(await send(group)).saved.length];
  } catch (error) {
    if (!isAboutFiles(error)) throw error;
    if (group.length === 1) {
      refused.push({ path: group[0]!.path, why: error.message });
      return [];
    }
  }
  const counts: number[] = [];
  for (const file of group) counts.push(...(await sendable([file], send, refused)));
  return counts;
}

function isAboutFiles(error: unknown): error is ClientError {
  return error instanceof ClientError && [400, 413, 422].includes(error.status);
}
