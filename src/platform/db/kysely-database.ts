import { AsyncLocalStorage } from "node:async_hooks";
import type { Kysely, Transaction } from "kysely";
import type { Database, DialectName } from "./database.ts";

interface Parts {
  readonly dialect: DialectName;
  readonly reader: Kysely<unknown>;
  readonly writer: Kysely<unknown>;
}

interface Scope {
  readonly owner: Parts;
  readonly hooks: (() => void)[];
  open: boolean;
}

const scopes = new AsyncLocalStorage<Scope>();

/** The port over two kysely instances, one that only reads and one that only runs transactions. */
export class KyselyDatabase implements Database {
  readonly dialect: DialectName;
  readonly reader: Kysely<unknown>;
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.dialect = parts.dialect;
    this.reader = parts.reader;
  }

  async transaction<Result>(work: (tx: Transaction<unknown>) => Promise<Result>): Promise<Result> {
    if (this.#openScope())
      throw new Error("a transaction inside a transaction would wait for itself: pass tx down");
    const scope: Scope = { owner: this.#parts, hooks: [], open: true };
    const result = await scopes
      .run(scope, () => this.#parts.writer.transaction().execute(work))
      .finally(() => {
        scope.open = false;
      });
    for (const hook of scope.hooks) hook();
    return result;
  }

  afterCommit(hook: () => void): void {
    const scope = this.#openScope();
    if (!scope) throw new Error("afterCommit belongs inside a transaction");
    scope.hooks.push(hook);
  }

  async scrub(): Promise<void> {}

  as<Narrowed>(): Database<Narrowed> {
    return this as unknown as Database<Narrowed>;
  }

  async close(): Promise<void> {
    await this.#parts.reader.destroy();
    await this.#parts.writer.destroy();
  }

  #openScope(): Scope | null {
    const scope = scopes.getStore();
    return scope?.open && scope.owner === this.#parts ? scope : null;
  }
}
