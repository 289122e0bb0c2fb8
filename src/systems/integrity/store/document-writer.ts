import type { Transaction } from "kysely";
import { packKeys, packText, unpackKeys } from "./packed.ts";
import type { IntegrityTables } from "./tables.ts";

/** A text that others will be compared with. */
export interface NewDocument {
  readonly kind: "case" | "source" | "template";
  readonly ownerId: string;
  readonly authorKey: string | null;
  readonly words: number;
  /** Packed, see algorithms/text/similarity. */
  readonly fingerprints: Uint8Array;
  /** Hashes that find it, ascending, each once. */
  readonly keys: Uint32Array;
  /** Null where texts are not kept. */
  readonly text: string | null;
}

/** Few sizes, so that few statements are prepared; each row has two parameters. */
const CHUNKS = [256, 64, 16, 4, 1] as const;

/**
 * Adds a document and what finds it. `common` are hashes that so many documents have that they are not posted any more.
 * @returns the document's number
 */
export async function addDocument(
  tx: Transaction<IntegrityTables>,
  document: NewDocument,
  common: ReadonlySet<number>,
): Promise<number> {
  const { id } = await tx
    .insertInto("integrity_documents")
    .values({
      kind: document.kind,
      owner_id: document.ownerId,
      author_key: document.authorKey,
      words: document.words,
      fingerprints: document.fingerprints,
      keys: packKeys(document.keys),
      text: document.text === null ? null : packText(document.text),
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  const rows = [...document.keys].filter((hash) => !common.has(hash)).map((hash) => ({ hash, document: id }));
  for (const chunk of inChunks(rows)) await tx.insertInto("integrity_postings").values(chunk).execute();
  return id;
}

/** Takes a document out of every comparison: its text, its fingerprints, what finds it, and the pairs with it. */
export async function removeDocument(tx: Transaction<IntegrityTables>, ownerId: string): Promise<void> {
  const row = await tx
    .selectFrom("integrity_documents")
    .select(["id", "keys"])
    .where("owner_id", "=", ownerId)
    .executeTakeFirst();
  if (row === undefined) return;
  for (const chunk of inChunks([...unpackKeys(row.keys)])) {
    await tx
      .deleteFrom("integrity_postings")
      .where("hash", "in", chunk)
      .where("document", "=", row.id)
      .execute();
  }
  await tx.deleteFrom("integrity_pairs").where("document", "=", row.id).execute();
  await tx.deleteFrom("integrity_documents").where("id", "=", row.id).execute();
}

/** Hashes that turned out to be everybody's: they are forgotten as a way to find anything. */
export async function markCommon(
  tx: Transaction<IntegrityTables>,
  hashes: readonly number[],
  now: number,
): Promise<void> {
  for (const chunk of inChunks([...hashes])) {
    await tx
      .insertInto("integrity_common_hashes")
      .values(chunk.map((hash) => ({ hash, since: now })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await tx.deleteFrom("integrity_postings").where("hash", "in", chunk).execute();
  }
}

/** Items in pieces of a few fixed sizes. */
export function* inChunks<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  let at = 0;
  for (const size of CHUNKS) {
    for (; items.length - at >= size; at += size) yield items.slice(at, at + size);
  }
}
