import { countCodePoints } from "../../../algorithms/text/code-points.ts";
import { MAX_CODE_POINTS, MAX_HIDDEN_PLACES } from "./limits.ts";
import type { HiddenPlace, HiddenReason } from "./port.ts";
import { refusal } from "./refusals.ts";

/** What stands between two pieces of text, the weakest first. */
const BREAKS = ["", "\t", "\n", "\n\n"] as const;
export type Break = (typeof BREAKS)[number];

/** Where a cell began. */
export interface Cell {
  readonly startedAt: number;
  readonly breakBefore: Break;
}

/** C0, DEL and C1 but tab and line feed. */
const CONTROLS = /[^\P{Cc}\t\n]/gu;

/**
 * A text that grows piece by piece, with the places that a reader does not see. Breaks are made when something
 * follows them, the strongest of several: a text neither begins nor ends with one, and no paragraph is empty.
 */
export class DocumentText {
  readonly #pieces: string[] = [];
  readonly #hidden: { start: number; end: number; reason: HiddenReason }[] = [];
  #length = 0;
  /** End of the last piece that is seen. */
  #seenUntil = 0;
  #break: Break = "";
  #hiddenLeftOut = false;

  /** UTF-16 units so far. */
  get length(): number {
    return this.#length;
  }

  /** Whatever follows begins a text, a cell, a line or a paragraph. */
  get isBroken(): boolean {
    return this.#length === 0 || this.#break !== "";
  }

  /** Places were left out because there are too many. */
  get hiddenLeftOut(): boolean {
    return this.#hiddenLeftOut;
  }

  /** @throws QuatrainError `document_too_long` (413) */
  append(piece: string, reason: HiddenReason | null = null): void {
    if (piece === "") return;
    if (this.#length > 0 && this.#break !== "") this.#push(this.#break);
    this.#break = "";
    const start = this.#length;
    this.#push(piece);
    if (reason !== null) this.#hide({ start, end: this.#length, reason });
    else if (piece.trim() !== "") this.#seenUntil = this.#length;
  }

  /** Something follows in another cell, line or paragraph. */
  breakWith(strength: Break): void {
    if (BREAKS.indexOf(strength) > BREAKS.indexOf(this.#break)) this.#break = strength;
  }

  openCell(): Cell {
    return { startedAt: this.#length, breakBefore: this.#break };
  }

  /** A cell ends: the break of its last paragraph is none of the row's. An empty one leaves no trace. */
  closeCell({ startedAt, breakBefore }: Cell): void {
    this.#break = this.#length > startedAt ? "\t" : breakBefore;
  }

  /** All of another text, as paragraphs of its own. */
  appendText(other: DocumentText): void {
    if (other.length === 0) return;
    this.breakWith("\n\n");
    const whole = other.#pieces.join("");
    let at = 0;
    for (const { start, end, reason } of other.#hidden) {
      this.append(whole.slice(at, start));
      this.append(whole.slice(start, end), reason);
      at = end;
    }
    this.append(whole.slice(at));
    this.breakWith("\n\n");
  }

  /**
   * The whole, without control characters and lone surrogates.
   * @throws QuatrainError `document_too_long` (413)
   */
  finish(): { text: string; hidden: HiddenPlace[] } {
    // One unit for one unit, so that every place stays where it is.
    const text = this.#pieces.join("").replace(CONTROLS, " ").toWellFormed();
    if (countCodePoints(text) > MAX_CODE_POINTS) throw refusal("document_too_long");
    return { text, hidden: this.#hidden.flatMap((place) => trimmed(text, place)) };
  }

  #push(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
    if (this.#length > 2 * MAX_CODE_POINTS) throw refusal("document_too_long");
  }

  /** Places that follow each other for the same reason, with no seen text between, are one. */
  #hide(place: HiddenPlace): void {
    const last = this.#hidden.at(-1);
    if (last?.reason === place.reason && this.#seenUntil <= last.end) last.end = place.end;
    else if (this.#hidden.length < MAX_HIDDEN_PLACES) this.#hidden.push({ ...place });
    else this.#hiddenLeftOut = true;
  }
}

/** A place without the space at its ends; nothing where that is all. */
function trimmed(text: string, place: HiddenPlace): HiddenPlace[] {
  const words = text.slice(place.start, place.end);
  const start = place.start + words.length - words.trimStart().length;
  const end = place.end - (words.length - words.trimEnd().length);
  return start < end ? [{ ...place, start, end }] : [];
}
