import type { DatasetProblem } from "./dataset-index.ts";

/** Kept of all kinds together. */
const MAX_PROBLEMS = 1000;
/** Kept of one kind, so that the others are seen too. */
const MAX_OF_A_KIND = 200;
const MAX_PATH = 300;

/** Collects what is wrong with a dataset: at most 1,000 in words, 200 of a kind; all of them are counted. */
export class Problems {
  readonly #kept: DatasetProblem[] = [];
  readonly #counts = new Map<string, number>();

  add(code: string, path: string, message: string): void {
    const count = (this.#counts.get(code) ?? 0) + 1;
    this.#counts.set(code, count);
    if (this.#kept.length >= MAX_PROBLEMS || count > MAX_OF_A_KIND) return;
    this.#kept.push({ code, path: path.slice(0, MAX_PATH), message });
  }

  list(): readonly DatasetProblem[] {
    return this.#kept;
  }

  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }
}

/** A text from a dataset within a message: quoted, short. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}...` : text);
}
