import type { Database } from "../../../platform/db/database.ts";
import type { ColorizationTables } from "./tables.ts";

export interface UploadedPage {
  readonly id: string;
  readonly name: string;
  readonly key: string;
  readonly width: number;
  readonly height: number;
  /** Why it was not received; nothing lies under its key then. */
  readonly error?: string;
}

export interface Upload {
  readonly id: string;
  readonly kind: "pages" | "image";
  readonly files: readonly UploadedPage[];
  readonly bytes: number;
  readonly createdAt: number;
}

const ID = /^upl_[0-9a-f]{24}(\/\d+)?$/;

/** Pictures that clients brought. `upl_x` means all of its pages, `upl_x/3` one of them. */
export class UploadStore {
  readonly #database: Database<ColorizationTables>;

  constructor(database: Database<ColorizationTables>) {
    this.#database = database;
  }

  async add(upload: Upload): Promise<void> {
    await this.#database.transaction((tx) =>
      tx
        .insertInto("colorization_uploads")
        .values({
          id: upload.id,
          kind: upload.kind,
          files: JSON.stringify(upload.files),
          bytes: upload.bytes,
          created_at: upload.createdAt,
        })
        .execute(),
    );
  }

  /** Null for everything that is no id of an upload. */
  async find(word: string): Promise<Upload | null> {
    if (!ID.test(word)) return null;
    const [id = "", at] = word.split("/");
    const row = await this.#database.reader
      .selectFrom("colorization_uploads")
      .selectAll()
      .where("id", "=", id)
      .executeTakeFirst();
    if (row === undefined) return null;
    const files = JSON.parse(row.files) as UploadedPage[];
    return {
      id: row.id,
      kind: row.kind as Upload["kind"],
      files: at === undefined ? files : files.filter((file) => file.id === word),
      bytes: row.bytes,
      createdAt: row.created_at,
    };
  }

  async delete(id: string): Promise<boolean> {
    const { numDeletedRows } = await this.#database.transaction((tx) =>
      tx.deleteFrom("colorization_uploads").where("id", "=", id).executeTakeFirst(),
    );
    return numDeletedRows > 0n;
  }
}
