import { LIMITS } from "../../../contracts/integrity/index.ts";
import { readCursor, writeCursor } from "../page-cursor.ts";
import type { SourceRecord, SourceStore } from "../store/source-store.ts";

export interface SourcePage {
  readonly total: number;
  readonly sources: readonly SourceRecord[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** One page of the sources, newest first. @throws QuatrainError `invalid_request` (400) for a foreign cursor */
export async function listSources(
  store: SourceStore,
  request: { readonly limit: number; readonly cursor?: string },
): Promise<SourcePage> {
  const limit = Math.min(request.limit, LIMITS.listed);
  const place = request.cursor === undefined ? null : readCursor(request.cursor);
  const after = place === null ? null : { createdAt: place.at, id: place.id };
  const [total, found] = await Promise.all([
    store.countSources(),
    store.listSources(limit === 0 ? 0 : limit + 1, after),
  ]);
  const sources = found.slice(0, limit);
  const last = sources.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return { total, sources, nextCursor: hasMore ? writeCursor({ at: last.createdAt, id: last.id }) : null };
}
