import type { CorsRules } from "./bound-route.ts";
import type { MountedSystem } from "./mounted-system.ts";

interface Entry {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
  readonly system: MountedSystem;
  readonly cors: CorsRules | null;
}

/** Who owns a path and which methods it takes: for CORS, 404 and 405, before or without a matching route. */
export class PathTable {
  readonly #entries = new Map<string, Entry>();
  readonly #systems: readonly MountedSystem[];
  readonly #platform: MountedSystem;
  readonly #fallback: MountedSystem;

  /** `fallback` answers on paths that nobody owns; everything under `/_/` is the platform's. */
  constructor(systems: readonly MountedSystem[], platform: MountedSystem, fallback: MountedSystem) {
    this.#systems = systems;
    this.#platform = platform;
    this.#fallback = fallback;
    for (const system of [...systems, platform]) {
      for (const { contract, cors = null } of system.routes) {
        const entry = this.#entries.get(contract.path) ?? {
          pattern: toPattern(contract.path),
          methods: new Set(),
          system,
          cors,
        };
        entry.methods.add(contract.method);
        if (contract.method === "GET") entry.methods.add("HEAD");
        this.#entries.set(contract.path, entry);
      }
      for (const { path } of system.sockets ?? []) {
        this.#entries.set(path, { pattern: toPattern(path), methods: new Set(["GET"]), system, cors: null });
      }
    }
  }

  /** The system whose dialect answers on this path. */
  owner(path: string): MountedSystem {
    if (path.startsWith("/_/")) return this.#platform;
    return (
      this.#find(path)?.system ??
      this.#systems.find((system) => system.notFoundPrefixes.some((prefix) => path.startsWith(prefix))) ??
      this.#fallback
    );
  }

  /** What browsers may do on this path. */
  cors(path: string): CorsRules {
    return this.#find(path)?.cors ?? this.owner(path);
  }

  /** Methods of a known path; empty for an unknown one. */
  methods(path: string): readonly string[] {
    return [...(this.#find(path)?.methods ?? [])].sort();
  }

  #find(path: string): Entry | undefined {
    return this.#entries.get(path) ?? [...this.#entries.values()].find((entry) => entry.pattern.test(path));
  }
}

function toPattern(path: string): RegExp {
  const literal = (part: string) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(
    `^${path
      .split("/")
      .map((part) => (part.startsWith(":") ? "[^/]+" : part.startsWith("*") ? ".+" : literal(part)))
      .join("/")}$`,
  );
}
