import { MAX_PARTS, type Part } from "../characters.ts";
import { invalidRequest } from "../errors.ts";
import type { PartStore } from "../store/part-store.ts";
import { findShownPage, type LookAtPartsDeps, lookAtParts } from "./look-at-parts.ts";
import { readCharacters } from "./read-characters.ts";
import type { Fields } from "./request-fields.ts";

export interface ChangePaletteDeps extends LookAtPartsDeps {
  readonly parts: PartStore;
}

/**
 * Gives a scope other characters, or changes those that it has.
 * @param chapterId the chapter that places mean which name none; null for a series
 * @throws QuatrainError `invalid_request` (400) with the field
 */
export async function changePalette(
  deps: ChangePaletteDeps,
  how: {
    readonly scope: string;
    readonly chapterId: string | null;
    readonly anew: boolean;
    readonly signal: AbortSignal;
  },
  body: Fields,
): Promise<readonly Part[]> {
  const { scope, chapterId, anew, signal } = how;
  if (body.characters === undefined) throw invalidRequest("characters", "characters is required: a list");
  const orders = readCharacters("characters", body.characters, chapterId);
  for (const { places } of orders)
    for (const { picture } of places) if (picture !== null) await demandKnown(deps, picture);
  const known = anew ? [] : await deps.parts.list(scope);
  const parts = await lookAtParts(deps, orders, known, {
    field: "characters",
    findPage: findShownPage(deps),
    signal,
  });
  const added = parts.filter(
    (part) => !known.some(({ name, label }) => name === part.name && label === part.label),
  );
  if (known.length + added.length > MAX_PARTS) {
    throw invalidRequest("characters", `A palette has at most ${MAX_PARTS} colours of characters`);
  }
  await (anew ? deps.parts.replace(scope, parts) : deps.parts.put(scope, parts));
  return deps.parts.list(scope);
}

/** A picture that leads out of the roots is refused before anything is read. */
async function demandKnown({ uploads, paths }: ChangePaletteDeps, word: string): Promise<void> {
  if ((await uploads.find(word)) === null) await paths.locate("characters", word);
}
