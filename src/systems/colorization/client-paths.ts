import { lstat, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { outputNotAllowed, pathNotAllowed } from "./errors.ts";

const MAX_LENGTH = 4_096;
/** Folders of the first root that the server keeps itself: nobody writes there by their names. */
const KEPT = ["jobs", "uploads", ".incoming"];

/**
 * Paths that clients name, kept inside the data roots: `<data>/colorization` first, then QUATRAIN_ROOTS. What is missing
 * inside is accepted here and found missing by the worker.
 */
export class ClientPaths {
  readonly #roots: readonly string[];

  /** @param roots absolute, the first one is where new files of relative names go */
  constructor(roots: readonly string[]) {
    this.#roots = roots.map((root) => resolve(root));
  }

  /**
   * The place that a path means on this machine: the first root that has it, else below the first root.
   * @throws QuatrainError `path_not_allowed` (400) for what leads out of every root, also through a link
   */
  async locate(field: string, path: string): Promise<string> {
    if (path.length > MAX_LENGTH || path.includes("\0")) throw pathNotAllowed(field, path);
    const candidates = isAbsolute(path)
      ? [resolve(path)]
      : this.#roots.map((root) => resolve(join(root, path)));
    const inside = candidates.filter((candidate) => this.#roots.some((root) => isBelow(root, candidate)));
    if (inside.length === 0) throw pathNotAllowed(field, path);
    const existing = await firstExisting(inside);
    const chosen = existing ?? inside[0]!;
    await this.#demandRealInside(field, path, chosen);
    return chosen;
  }

  /**
   * The same for a folder that is to be written to.
   * @throws QuatrainError `path_not_allowed` (400), also for what the server keeps there itself: a finished page would be
   * replaced behind its job's back
   */
  async locateOutput(field: string, path: string): Promise<string> {
    const chosen = await this.locate(field, path);
    const nearest = await nearestExisting(chosen);
    const root = this.#roots[0]!;
    const meant = join(await realpath(nearest), relative(nearest, chosen));
    const kept = (
      await realpath(root).then(
        (real) => [root, real],
        () => [root],
      )
    ).flatMap((at) => KEPT.map((name) => join(at, name)));
    if (kept.some((folder) => isBelow(folder, chosen) || isBelow(folder, meant))) {
      throw outputNotAllowed(field, path);
    }
    return chosen;
  }

  /** Follows links of the part that exists; one that leads to nothing could lead anywhere later. */
  async #demandRealInside(field: string, path: string, chosen: string): Promise<void> {
    const nearest = await nearestExisting(chosen);
    // a root that is not there yet: nothing of the client's own path exists
    if (this.#roots.some((root) => root !== nearest && isBelow(nearest, root))) return;
    const real = await realpath(nearest).catch(() => null);
    const roots = await Promise.all(this.#roots.map((root) => realpath(root).catch(() => root)));
    if (real === null || !roots.some((root) => isBelow(root, real))) throw pathNotAllowed(field, path);
  }
}

function isBelow(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function firstExisting(paths: readonly string[]): Promise<string | null> {
  for (const path of paths) if (await exists(path)) return path;
  return null;
}

async function nearestExisting(path: string): Promise<string> {
  for (let at = path; ; at = dirname(at)) if (dirname(at) === at || (await exists(at))) return at;
}

/** A link exists also where it leads to nothing. */
function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
