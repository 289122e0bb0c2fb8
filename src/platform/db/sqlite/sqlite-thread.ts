/** Entry of a database thread: one connection, one statement at a time, in the order they were asked for. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { parentPort, workerData } from "node:worker_threads";
import type { PortableValue } from "../portable-values.ts";
import type { Command, Outcome, Reply, Request, ThreadSettings } from "./messages.ts";
import { sqliteFailure } from "./sqlite-faults.ts";
import { StatementCache } from "./statement-cache.ts";

const BUSY_TIMEOUT_MS = 5_000;
const CACHED_STATEMENTS = 256;
const NOTHING: Outcome = { rows: [], changes: null };

function openConnection({ path, readOnly }: ThreadSettings): DatabaseSync {
  const connection = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS });
  if (!readOnly) connection.exec("pragma journal_mode = wal; pragma journal_size_limit = 67108864");
  connection.exec(`
    pragma synchronous = full;
    pragma foreign_keys = on;
    pragma secure_delete = on; -- a text that was deleted on request is not to be found in the file
    pragma temp_store = memory;
    pragma cache_size = -16000;
    pragma case_sensitive_like = on;
    select count(*) from sqlite_schema; -- the first statement that reads the file: finds out that it is a database
  `);
  return connection;
}

/** SQLite binds a JavaScript number as a real; whole ones must be integers, or 3 / 2 is 1.5 here and 1 there. */
function bindable(value: PortableValue): SQLInputValue {
  return typeof value === "number" && Number.isSafeInteger(value) ? BigInt(value) : value;
}

function serve(connection: DatabaseSync): (command: Command) => Outcome {
  const cache = new StatementCache(connection, CACHED_STATEMENTS);
  return (command) => {
    if (command.kind === "rollback") {
      if (connection.isTransaction) connection.exec("rollback");
      return NOTHING;
    }
    if (command.kind === "close") {
      connection.close();
      return NOTHING;
    }
    const { statement, yieldsRows } = cache.prepare(command.sql);
    const parameters = command.parameters.map(bindable);
    if (yieldsRows) return { rows: statement.all(...parameters), changes: null };
    return { rows: [], changes: Number(statement.run(...parameters).changes) };
  };
}

function attempt(id: number, work: () => Outcome): Reply {
  try {
    return { id, outcome: work() };
  } catch (error) {
    return { id, failure: sqliteFailure(error) };
  }
}

function main(port: NonNullable<typeof parentPort>): void {
  let run: ((command: Command) => Outcome) | undefined;
  const opened = attempt(0, () => {
    run = serve(openConnection(workerData as ThreadSettings));
    return NOTHING;
  });
  port.postMessage(opened);
  if (!run) return;
  const execute = run;
  port.on("message", ({ id, command }: Request) => {
    port.postMessage(attempt(id, () => execute(command)));
    if (command.kind === "close") port.close();
  });
}

if (parentPort) main(parentPort);
