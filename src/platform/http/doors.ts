import type { FastifyInstance } from "fastify";
import type { Config } from "../config/config.ts";
import { userError } from "../errors/quatrain-error.ts";
import { addressOf, createListener, type ListenerParts } from "./listener.ts";
import type { MountedSystem } from "./mounted-system.ts";
import { shareHealth } from "./shared-health.ts";

/** Where a server listens, and whose dialect it speaks there; null on the shared listener. */
export interface Listening {
  readonly address: string;
  readonly dialect: string | null;
}

/** Requests under way are given this long before their work is cut short. */
const GRACE_MS = 5_000;
const HANG_UP_EVERY_MS = 50;

/** Every listener of one process: the shared one first, then one for each system that has a port of its own. */
export class Doors {
  readonly #parts: Omit<ListenerParts, "systems" | "dialect" | "stopping">;
  readonly #servers: FastifyInstance[] = [];
  readonly #stopping = new AbortController();

  constructor(parts: Omit<ListenerParts, "systems" | "dialect" | "stopping">) {
    this.#parts = parts;
  }

  /**
   * `onlyOne`: the shared listener speaks the dialect of the one system that was asked for.
   * @throws QuatrainError `cannot_listen` (409)
   */
  async open(systems: readonly MountedSystem[], onlyOne: boolean): Promise<Listening[]> {
    const { host, port, own } = this.#parts.settings;
    const [sole] = onlyOne ? systems : [];
    const listening = [await this.#open(host, port, sole ? [sole] : shareHealth(systems), sole ?? null)];
    for (const system of systems) {
      const door = own[system.name as keyof Config["listen"]["own"]];
      if (door !== undefined)
        listening.push(await this.#open(door.host ?? host, door.port, [system], system));
    }
    return listening;
  }

  async #open(
    host: string,
    port: number,
    systems: readonly MountedSystem[],
    dialect: MountedSystem | null,
  ): Promise<Listening> {
    const server = await createListener({
      ...this.#parts,
      stopping: this.#stopping.signal,
      systems,
      dialect,
    });
    this.#servers.push(server);
    await listenOn(server, host, port);
    return { address: addressOf(server), dialect: dialect?.name ?? null };
  }

  /** Lets requests under way finish; what still runs after the grace is cut short, and answers so. */
  async close(): Promise<void> {
    const cut = setTimeout(() => this.#stopping.abort(), GRACE_MS);
    // a connection whose last request is answered now would be kept alive for another one that may not come
    const hangUp = setInterval(() => {
      for (const { server } of this.#servers) server.closeIdleConnections();
    }, HANG_UP_EVERY_MS);
    try {
      await Promise.all(this.#servers.map((server) => server.close()));
    } finally {
      clearTimeout(cut);
      clearInterval(hangUp);
    }
  }
}

const LISTEN_FAULTS: Readonly<Record<string, string>> = {
  EADDRINUSE: "is taken by another program: choose another port with --port or QUATRAIN_PORT",
  EACCES: "needs rights that this process has not: choose a port above 1023 with --port or QUATRAIN_PORT",
  EADDRNOTAVAIL: "is no address of this machine: choose another with --host or QUATRAIN_HOST",
  ENOTFOUND: "is not known by that name: choose another with --host or QUATRAIN_HOST",
  EAI_AGAIN: "could not be looked up: give the address itself with --host or QUATRAIN_HOST",
};

async function listenOn(server: FastifyInstance, host: string, port: number): Promise<void> {
  try {
    await server.listen({ host, port });
  } catch (error) {
    const reason = LISTEN_FAULTS[(error as NodeJS.ErrnoException).code ?? ""];
    if (reason === undefined) throw error;
    throw userError("cannot_listen", 409, `${host}:${port} ${reason}`);
  }
}
