import { readFileSync, rmSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { messageOf, QuatrainError } from "../errors/quatrain-error.ts";

const LOCK_FILE = "lock.db";
const FACTS_FILE = "server.json";
const SQLITE_BUSY = 5;

const serverFacts = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** Milliseconds UTC. */
  startedAt: z.number(),
  /** `http://host:port` once it listens. */
  address: z.string().nullable(),
  /** What the command line on this machine shows to that server. */
  token: z.string().nullable(),
});

/** Who holds a data folder; kept in its `server.json`, readable by the owner only. */
export type ServerFacts = z.infer<typeof serverFacts>;

/** The one right to write a data folder. The operating system takes it back when the process ends, however it ends. */
export interface FolderLock {
  /** Says where the holder listens, for others to find it. */
  announce(facts: Pick<ServerFacts, "address" | "token">): Promise<void>;
  release(): void;
}

/**
 * Takes the data folder for this process: an exclusive transaction on a database of its own, `lock.db`, which
 * holds across containers that share the volume. Nothing else may open `lock.db`, not even to copy it: closing
 * the copy's handle would drop the lock (POSIX record locks belong to the process).
 *
 * @throws QuatrainError `data_folder_in_use` (409) naming the holder; `data_folder_unusable` (500)
 */
export async function lockDataFolder(folder: string, now: () => number = Date.now): Promise<FolderLock> {
  const path = resolve(folder);
  await mkdir(path, { recursive: true }).catch((error: unknown) => {
    throw unusable(path, error);
  });
  const connection = openExclusively(path);
  const holder: ServerFacts = {
    pid: process.pid,
    host: hostname(),
    startedAt: now(),
    address: null,
    token: null,
  };
  await writeFacts(path, holder);
  return {
    announce: (facts) => writeFacts(path, { ...holder, ...facts }),
    release() {
      if (!connection.isOpen) return;
      rmSync(join(path, FACTS_FILE), { force: true });
      connection.close();
    },
  };
}

/** What the folder's last holder said of itself; null where nobody did. It may be gone: ask the address. */
export function readServerFacts(folder: string): ServerFacts | null {
  try {
    const parsed = serverFacts.safeParse(JSON.parse(readFileSync(join(folder, FACTS_FILE), "utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // absent, or half a file of a killed process: only the lock itself decides
  }
}

function openExclusively(folder: string): DatabaseSync {
  const path = join(folder, LOCK_FILE);
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(path, { timeout: 0 });
    connection.exec("pragma journal_mode = delete; begin exclusive");
    return connection;
  } catch (error) {
    connection?.close();
    throw isBusy(error) ? inUse(folder) : unusable(folder, error);
  }
}

async function writeFacts(folder: string, facts: ServerFacts): Promise<void> {
  const path = join(folder, FACTS_FILE);
  const temporary = `${path}.${process.pid}`;
  await writeFile(temporary, `${JSON.stringify(facts, null, 2)}\n`, { mode: 0o600 });
  await rename(temporary, path);
}

function inUse(folder: string): QuatrainError {
  const holder = readServerFacts(folder);
  const who = holder
    ? ` (process ${holder.pid} on ${holder.host}${holder.address ? `, ${holder.address}` : ""})`
    : "";
  return new QuatrainError(
    `The data folder ${folder} is in use by another Quatrain${who}. ` +
      "Stop that one, or give this one a folder of its own with --data or QUATRAIN_DATA_DIR.",
    {
      code: "data_folder_in_use",
      status: 409,
      details: { folder, pid: holder?.pid, host: holder?.host, address: holder?.address ?? undefined },
    },
  );
}

function unusable(folder: string, error: unknown): QuatrainError {
  return new QuatrainError(
    `The data folder ${folder} cannot be locked (${messageOf(error)}). Check that it may be written ` +
      "and that its file system supports locks (some network folders do not).",
    { code: "data_folder_unusable", status: 500, details: { folder }, cause: error },
  );
}

function isBusy(error: unknown): boolean {
  return typeof error === "object" && error !== null && "errcode" in error && error.errcode === SQLITE_BUSY;
}
