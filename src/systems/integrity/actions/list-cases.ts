import type { z } from "zod";
import { findWords } from "../../../algorithms/text/words.ts";
import { type CaseFilters, LIMITS, PRODUCTS, REVIEW_STATES } from "../../../contracts/integrity/index.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { authorKey } from "../author-key.ts";
import type { CaseRecord } from "../case-record.ts";
import { readInstant } from "../instants.ts";
import { readCursor, writeCursor } from "../page-cursor.ts";
import type { CaseFilter, CaseReader } from "../store/case-reader.ts";

export type SentFilters = z.output<typeof CaseFilters>;

export interface ListRequest {
  readonly filters: SentFilters;
  readonly limit: number;
  readonly offset: number;
  readonly cursor?: string;
}

export interface CasePage {
  readonly total: number;
  readonly limit: number;
  readonly cases: readonly CaseRecord[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** One page of the cases that match, newest first, and how many match altogether. */
export async function listCases(reader: CaseReader, request: ListRequest): Promise<CasePage> {
  const filter = readFilters(request.filters);
  const limit = Math.min(request.limit, LIMITS.listed);
  if (filter === null) return { total: 0, limit, cases: [], nextCursor: null };
  const after = request.cursor === undefined ? undefined : toPlace(request.cursor);
  const [total, found] = await Promise.all([
    reader.countCases(filter),
    reader.listCases(filter, { limit: limit === 0 ? 0 : limit + 1, offset: request.offset, after }),
  ]);
  const cases = found.slice(0, limit);
  const last = cases.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  const nextCursor = hasMore ? writeCursor({ at: last.analyzedAt, id: last.id }) : null;
  return { total, limit, cases, nextCursor };
}

function toPlace(cursor: string) {
  const { at, id } = readCursor(cursor);
  return { analyzedAt: at, id };
}

/**
 * The store's filter; null where a word was asked for that no case can have.
 * @throws QuatrainError `invalid_request` (400) for instants that are none
 */
export function readFilters(sent: SentFilters): CaseFilter | null {
  const { tipo_producto: product, estado: state, autor: author, q } = sent;
  if (product !== undefined && !PRODUCTS.some((known) => known === product)) return null;
  if (state !== undefined && !REVIEW_STATES.some((known) => known === state)) return null;
  const words = q === undefined ? undefined : [...findWords(q).folded];
  if (words?.length === 0) return null;
  return {
    level: sent.nivel,
    role: sent.rol,
    product,
    state,
    authorKey: author === undefined ? undefined : authorKey(author),
    words,
    from: instant("desde", sent.desde)?.from,
    to: instant("hasta", sent.hasta)?.to,
  };
}

function instant(name: string, text: string | undefined) {
  if (text === undefined) return undefined;
  const read = readInstant(text);
  if (read !== null) return read;
  throw userError(
    "invalid_request",
    400,
    `${name} must be a day (2026-01-30) or an instant (2026-01-30T10:30:00)`,
  );
}
