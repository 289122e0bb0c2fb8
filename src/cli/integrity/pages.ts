import { LIMITS } from "../../contracts/integrity/index.ts";
import { userError } from "../../platform/errors/quatrain-error.ts";

/** The first `limit` things of a list that is served in pages. */
export async function pagesOf<Item>(
  limit: number,
  fetchPage: (
    most: number,
    cursor: string | undefined,
  ) => Promise<{ items: readonly Item[]; next: string | null }>,
): Promise<Item[]> {
  const found: Item[] = [];
  let cursor: string | undefined;
  while (found.length < limit) {
    const { items, next } = await fetchPage(Math.min(limit - found.length, LIMITS.listed), cursor);
    found.push(...items);
    if (next === null || items.length === 0) break;
    cursor = next;
  }
  return found;
}

/** @throws QuatrainError `invalid_option` (400) */
export function wholeOption(option: string, text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(number)) return number;
  throw userError("invalid_option", 400, `${option} must be a whole number, not ${text}`);
}
