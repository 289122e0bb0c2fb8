import { DatabaseSync } from "node:sqlite";

/** Bytes of a row of a clustered table of postings, filled document by document as the store does. */
export function bytesOfARow(documents: number, keysOf: (document: number) => Uint32Array): number {
  const database = new DatabaseSync(":memory:");
  database.exec(
    "CREATE TABLE postings (hash INTEGER, document INTEGER, PRIMARY KEY (hash, document)) WITHOUT ROWID",
  );
  const insert = database.prepare("INSERT INTO postings VALUES (?, ?)");
  database.exec("BEGIN");
  let rows = 0;
  for (let document = 0; document < documents; document++) {
    for (const key of keysOf(document)) {
      insert.run(key | 0, document);
      rows++;
    }
  }
  database.exec("COMMIT");
  const size = database
    .prepare("SELECT page_count * page_size AS bytes FROM pragma_page_count, pragma_page_size")
    .get();
  database.close();
  return Number(Object.values(size ?? {})[0]) / rows;
}
