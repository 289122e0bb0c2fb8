import { closeSync, openSync, readSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { pathToFileURL } from "node:url";
import { messageOf, userError } from "../../errors/quatrain-error.ts";

/** Whole numbers beyond 2^53 come as their decimal digits. */
export type ForeignValue = string | number | Uint8Array | null;

export interface ForeignTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

/** Another program's SQLite file, read only. */
export interface ForeignDatabase {
  /** Its ordinary tables, by name: no views, no virtual tables, none of SQLite's own. */
  readonly tables: readonly ForeignTable[];
  /**
   * A table's rows in pages, each row in the order of `columns`; rows written meanwhile may be among them. Its lock is
   * held only while a page is read, so that a program that still uses the file can write.
   * @throws QuatrainError `foreign_database_...` (400) where the file is damaged or another program holds it
   */
  pages(
    table: string,
    columns: readonly string[],
    pageSize: number,
  ): Generator<readonly (readonly ForeignValue[])[]>;
  close(): void;
}

const BUSY_TIMEOUT_MS = 5_000;
const MAGIC = "SQLite format 3\0";
/** The header's "file format read version" of a database with a write-ahead log (sqlite.org/fileformat.html). */
const READ_VERSION_AT = 19;
const WRITE_AHEAD = 2;

/**
 * Opens a SQLite file of another program without changing it or its folder. O(rows), to count them.
 * @throws QuatrainError `no_such_file`, `not_a_database`, `foreign_database_...` (400): which file, and what to do
 */
export function readForeignSqlite(
  path: string,
  { busyTimeoutMs = BUSY_TIMEOUT_MS }: { readonly busyTimeoutMs?: number } = {},
): ForeignDatabase {
  const header = readHeader(path);
  return inWords(path, () => {
    const connection = new DatabaseSync(locationOf(path, header), {
      readOnly: true,
      timeout: busyTimeoutMs,
    });
    try {
      connection.exec("pragma trusted_schema = off; pragma cell_size_check = on");
      return {
        tables: listTables(connection),
        pages: (table, columns, pageSize) => readPages(path, connection, { table, columns, pageSize }),
        close: () => connection.close(),
      };
    } catch (error) {
      connection.close();
      throw error;
    }
  });
}

function readHeader(path: string): Buffer {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined) throw userError("no_such_file", 400, `There is no ${path}`);
  if (!facts.isFile()) throw userError("not_a_database", 400, `${path} is not a file`);
  const header = Buffer.alloc(100);
  const file = inWords(path, () => openSync(path, "r"));
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  if (header.toString("latin1", 0, MAGIC.length) === MAGIC) return header;
  throw userError(
    "not_a_database",
    400,
    facts.size === 0
      ? `${path} is empty`
      : `${path} is not an SQLite file, or it is encrypted: an encrypted one has to be decrypted by its own program first`,
  );
}

/**
 * Without its log a file in write-ahead mode is in nobody's use; read plainly, SQLite would make a log beside it and
 * leave it there.
 */
function locationOf(path: string, header: Buffer): string | URL {
  const log = statSync(`${path}-wal`, { throwIfNoEntry: false });
  if (header[READ_VERSION_AT] !== WRITE_AHEAD || (log !== undefined && log.size > 0)) return path;
  const url = pathToFileURL(resolve(path));
  url.searchParams.set("immutable", "1");
  return url;
}

function listTables(connection: DatabaseSync): ForeignTable[] {
  const names = connection
    .prepare(
      `select name from pragma_table_list
       where schema = 'main' and type = 'table' and name not like 'sqlite\\_%' escape '\\' order by name`,
    )
    .all()
    .map((row) => String(row.name));
  return names.map((name) => ({
    name,
    columns: connection
      .prepare("select name from pragma_table_xinfo(?) where hidden <> 1 order by cid")
      .all(name)
      .map((row) => String(row.name)),
    rows: Number(connection.prepare(`select count(*) as n from ${quoted(name)}`).get()?.n),
  }));
}

interface PagePlan {
  readonly table: string;
  readonly columns: readonly string[];
  readonly pageSize: number;
}

function* readPages(path: string, connection: DatabaseSync, plan: PagePlan) {
  const { sql, next } = pageQuery(connection, plan);
  const statement = inWords(path, () => connection.prepare(sql));
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  let place: SQLInputValue = next.from;
  for (;;) {
    const rows = inWords(path, () => statement.all(place)) as unknown as (readonly unknown[])[];
    if (rows.length > 0) yield rows.map((row) => row.slice(1).map(portable));
    if (rows.length < plan.pageSize) return;
    place = next.after(place, rows.at(-1)![0]);
  }
}

/** By row id where the table has one; else, slower, by counting from its beginning in the order of its primary key. */
function pageQuery(connection: DatabaseSync, { table, columns, pageSize }: PagePlan) {
  const listed = columns.map(quoted).join(", ");
  const rowId = findRowId(connection, table);
  if (rowId !== null) {
    return {
      sql: `select ${rowId}, ${listed} from ${quoted(table)} where ${rowId} > ? order by ${rowId} limit ${pageSize}`,
      next: { from: -(2n ** 63n), after: (_place: SQLInputValue, last: unknown) => last as bigint },
    };
  }
  const key = connection
    .prepare("select name from pragma_table_info(?) where pk > 0 order by pk")
    .all(table)
    .map((row) => quoted(String(row.name)));
  return {
    sql: `select null, ${listed} from ${quoted(table)} order by ${key.join(", ") || "1"} limit ${pageSize} offset ?`,
    next: { from: 0, after: (place: SQLInputValue) => Number(place) + pageSize },
  };
}

/** A name by which the row id can be asked for; null where there is none or columns hide all of them. */
function findRowId(connection: DatabaseSync, table: string): string | null {
  const facts = connection
    .prepare("select wr from pragma_table_list where schema = 'main' and name = ?")
    .get(table);
  const taken = connection
    .prepare("select lower(name) as name from pragma_table_xinfo(?)")
    .all(table)
    .map((row) => row.name);
  if (Number(facts?.wr) === 1) return null;
  return ["rowid", "_rowid_", "oid"].find((name) => !taken.includes(name)) ?? null;
}

function portable(value: unknown): ForeignValue {
  if (typeof value !== "bigint") return value as ForeignValue;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

const CANNOT_OPEN = 14;
const BUSY = 5;
const DAMAGED = new Set([11, 26]);
const UNFINISHED_WRITE = 776;

/** SQLite's faults (sqlite.org/rescode.html) as what the person can do about them. */
function inWords<Result>(path: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    const { code, errcode } = error as { code?: unknown; errcode?: number };
    if (typeof code !== "string" || error instanceof TypeError || error instanceof RangeError) throw error;
    if (code !== "ERR_SQLITE_ERROR")
      throw userError("unreadable", 400, `${path} cannot be read: ${messageOf(error)}`);
    throw faultOf(path, errcode ?? 0, messageOf(error));
  }
}

function faultOf(path: string, errcode: number, reason: string) {
  if (DAMAGED.has(errcode & 0xff)) {
    return userError(
      "foreign_database_damaged",
      400,
      `${path} is damaged or cut off (${reason}): copy it again while its program is stopped, or recover it with \`sqlite3 FILE .recover\``,
    );
  }
  if ((errcode & 0xff) === BUSY) {
    return userError(
      "foreign_database_busy",
      400,
      `${path} is being written by another program: stop that program, or try again`,
    );
  }
  if (errcode === UNFINISHED_WRITE) {
    return userError(
      "foreign_database_unfinished",
      400,
      `${path} was left in the middle of a write: open it once with its own program, which completes or undoes it`,
    );
  }
  const hint = (errcode & 0xff) === CANNOT_OPEN ? "; check that it and its folder may be read" : "";
  return userError("foreign_database_unreadable", 400, `${path} cannot be read (${reason})${hint}`);
}
