import type { Span } from "../span.ts";

/** A place where a text names a work by author and year: `(García y López, 2015, p. 3)`, `García et al. (2015)`. */
export interface AuthorYearCitation {
  readonly kind: "author_year";
  /** From the first name to the year; the brackets where the names stand in them. */
  readonly span: Span;
  /** Names as they stand: `García y López`. */
  readonly names: string;
  /** Words of the names, folded, without what joins them. */
  readonly words: readonly string[];
  readonly year: number;
  /** `a` of `2010a`; else empty. */
  readonly suffix: string;
  /** 1991 of `1920/1991`; else null. */
  readonly otherYear: number | null;
  /** `bracketed` has the names in the brackets, `narrative` before them. */
  readonly form: "bracketed" | "narrative";
  /** Whether a comma stands between names and year, as in APA. */
  readonly comma: boolean;
  /**
   * Whether it can only be a citation: names and year with a comma between them, several names, `et al.`, or words
   * such as `según`. What is not sure may still find its entry, but is never missed in the list.
   */
  readonly sure: boolean;
}

/** `[3]`, `[2-5]`, `[1,3]`. */
export interface NumericCitation {
  readonly kind: "numeric";
  readonly span: Span;
  readonly numbers: readonly number[];
  /** Square brackets are citations beyond doubt where a list is numbered; round ones may number anything. */
  readonly square: boolean;
}
