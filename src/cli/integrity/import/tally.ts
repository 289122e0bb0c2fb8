import type { OldCase } from "../../../contracts/integrity/index.ts";
import { OLD_FIELDS, type OldField } from "./field-names.ts";
import type { ReadCase } from "./read-old-case.ts";

/** Different words of one field that are remembered. */
const MOST_WORDS = 100;

/** Counts what an older server's rows hold. */
export class Tally {
  rows = 0;
  readonly filled = new Map<OldField, number>(OLD_FIELDS.map((field) => [field, 0]));
  readonly unknownRoles = new Map<string, number>();
  readonly unknownProducts = new Map<string, number>();

  sent(one: OldCase): void {
    this.rows++;
    for (const field of OLD_FIELDS) {
      const value = one[field];
      if (value !== null && value !== undefined && value !== "") {
        this.filled.set(field, this.filled.get(field)! + 1);
      }
    }
  }

  unknownWords({ unknownRole, unknownProduct }: ReadCase): void {
    count(this.unknownRoles, unknownRole);
    count(this.unknownProducts, unknownProduct);
  }
}

function count(words: Map<string, number>, word: string | null): void {
  if (word === null) return;
  const shown = word.slice(0, 60);
  if (words.has(shown) || words.size < MOST_WORDS) words.set(shown, (words.get(shown) ?? 0) + 1);
}
