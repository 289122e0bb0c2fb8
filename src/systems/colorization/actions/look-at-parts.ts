import type { PointedPlace } from "../../../algorithms/colouring/look-at-places.ts";
import { decodePicture } from "../../../ml/images/decode-picture.ts";
import type { PictureLimits } from "../../../ml/images/picture-errors.ts";
import { pageKeys } from "../chapter-job.ts";
import { MAX_DESCRIPTORS, type Part, type PartOrder, type PartPlace, sha256 } from "../characters.ts";
import type { PageEngine } from "../engine/port.ts";
import { invalidRequest } from "../errors.ts";
import { toHex } from "../hex-colour.ts";
import { readPagePicture } from "../read-page-picture.ts";
import type { JobStore } from "../store/job-store.ts";
import { type ReadInputsDeps, readPicture } from "./read-inputs.ts";

export interface LookAtPartsDeps extends ReadInputsDeps {
  readonly jobs: JobStore;
  readonly engine: PageEngine;
  readonly pictureLimits: PictureLimits;
}

/** A page's files: the original, and the coloured one where there is one. */
export interface PageBytes {
  readonly original: Buffer;
  readonly coloured: Buffer | null;
}

export type FindPage = (chapterId: string, pageNum: number) => Promise<PageBytes | null>;

/** Where one place leads to. */
interface Looked {
  readonly place: PartPlace;
  readonly found: PointedPlace;
}

/**
 * Finds out how the parts look that a client has pointed at, and which colour they have where none was given.
 * @param known what is there already: what an order does not say stays as it is
 * @param field what the request calls the list, for refusals
 * @throws QuatrainError `invalid_request` (400) for places that are not there and parts that nothing is known of
 */
export async function lookAtParts(
  deps: LookAtPartsDeps,
  orders: readonly PartOrder[],
  known: readonly Part[],
  { field, findPage, signal }: { field: string; findPage: FindPage; signal: AbortSignal },
): Promise<readonly Part[]> {
  const looked = await lookEverywhere(deps, orders, { field, findPage, signal });
  return orders.map((order) => {
    const before = known.find(({ name, label }) => name === order.name && label === order.label);
    const seen = order.places.flatMap((place) => looked.get(place) ?? []);
    const descriptors = descriptorsOf(order, seen, before);
    const colour = order.colour ?? before?.colour ?? colourOf(seen);
    const part = `${order.label} of ${order.name}`;
    if (colour === null) throw invalidRequest(field, `${part} needs a colour, or a place that has one`);
    const instead = order.instead ?? before?.instead ?? null;
    if (descriptors.length === 0 && instead === null) {
      throw invalidRequest(
        field,
        `${part} needs at: where it is on a page or picture, or instead: which of the references' colours it replaces`,
      );
    }
    return {
      name: order.name,
      label: order.label,
      colour,
      locked: order.locked ?? before?.locked ?? true,
      instead,
      places: order.places.length > 0 ? seenPlaces(order, looked) : (before?.places ?? []),
      descriptors,
    };
  });
}

/** Pages of the chapters as they are shown now. */
export function findShownPage({ jobs, store }: LookAtPartsDeps): FindPage {
  return async (chapterId, pageNum) => {
    const shown = await jobs.findShown(chapterId, pageNum);
    if (shown === null) return null;
    const original = await store.read(shown.inputKey);
    const { colorized } = pageKeys(shown.jobId, pageNum);
    return { original, coloured: shown.pass2Done ? await store.read(colorized) : null };
  };
}

/** Each picture is looked at once, whoever points at it. Places whose looks came with them are taken as they are. */
async function lookEverywhere(
  deps: LookAtPartsDeps,
  orders: readonly PartOrder[],
  how: { field: string; findPage: FindPage; signal: AbortSignal },
): Promise<ReadonlyMap<PartPlace, Looked>> {
  const places = orders
    .filter(({ descriptors }) => descriptors.length === 0)
    .flatMap((order) => order.places);
  const bySource = Map.groupBy(places, ({ picture, chapterId, pageNum }) =>
    JSON.stringify([picture, chapterId, pageNum]),
  );
  const looked = new Map<PartPlace, Looked>();
  for (const together of bySource.values()) {
    const { found, pageSha256 } = await lookAtSource(deps, together, how);
    for (const [at, place] of together.entries()) {
      const here = found[at];
      if (here === undefined || here.descriptors.length === 0) {
        throw invalidRequest(
          how.field,
          `There is nothing to colour at ${place.x}, ${place.y}: lettering, a gutter, or outside`,
        );
      }
      looked.set(place, { place: { ...place, pageSha256 }, found: here });
    }
  }
  return looked;
}

async function lookAtSource(
  deps: LookAtPartsDeps,
  places: readonly PartPlace[],
  { field, findPage, signal }: { field: string; findPage: FindPage; signal: AbortSignal },
): Promise<{ found: readonly PointedPlace[]; pageSha256: string | null }> {
  const { picture, chapterId, pageNum } = places[0]!;
  if (picture !== null) {
    const decoded = await readPagePicture(await readPicture(deps, field, picture), deps.pictureLimits);
    return { found: await deps.engine.lookAtPicture(decoded, places, signal), pageSha256: null };
  }
  const bytes = await findPage(chapterId!, pageNum!);
  if (bytes === null) throw invalidRequest(field, `The chapter ${chapterId} has no page ${pageNum} yet`);
  const page = await readPagePicture(bytes.original, deps.pictureLimits);
  const coloured = bytes.coloured === null ? null : await decodePicture(bytes.coloured, deps.pictureLimits);
  const found = await deps.engine.lookAtPage(page, coloured, places, signal);
  return { found, pageSha256: sha256(bytes.original) };
}

function seenPlaces({ places }: PartOrder, looked: ReadonlyMap<PartPlace, Looked>): readonly PartPlace[] {
  return places.map((place) => looked.get(place)?.place ?? place);
}

function descriptorsOf(
  order: PartOrder,
  seen: readonly Looked[],
  before: Part | undefined,
): readonly (readonly number[])[] {
  if (order.descriptors.length > 0) return order.descriptors;
  if (seen.length === 0) return before?.descriptors ?? [];
  // Of every place the same share, so that the first one does not take all the room.
  const each = Math.max(1, Math.floor(MAX_DESCRIPTORS / seen.length));
  return seen.flatMap(({ found: { descriptors } }) => {
    const step = Math.max(1, descriptors.length / each);
    return Array.from(
      { length: Math.min(each, descriptors.length) },
      (_, at) => descriptors[Math.floor(at * step)]!,
    );
  });
}

function colourOf(seen: readonly Looked[]): string | null {
  const colours = seen.flatMap(({ found: { colour } }) => (colour === null ? [] : [colour]));
  if (colours.length === 0) return null;
  const mean = [0, 1, 2].map(
    (part) => colours.reduce((sum, colour) => sum + colour[part]!, 0) / colours.length,
  );
  return toHex(mean as [number, number, number]);
}
