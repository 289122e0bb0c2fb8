/** A person or a body that wrote something. A body has its whole name as surname, and no given names. */
export interface ReferenceAuthor {
  readonly surname: string;
  readonly given: string;
}

/** What an entry of a bibliography says, as far as rules can tell; texts as they stand, without closing punctuation. */
export interface ParsedReference {
  /** The entry in one line: white space is one space each. */
  readonly raw: string;
  /** What numbers the entry: `12` for `[12]`, `12.` and `12)`; null where nothing does. */
  readonly label: string | null;
  readonly authors: readonly ReferenceAuthor[];
  /** The authors as the entry writes them. Editors where there are no authors. */
  readonly authorText: string;
  readonly year: number | null;
  /** `a` of `2010a`; else empty. */
  readonly yearSuffix: string;
  /** Whether the year stands right behind the authors, as author-year styles have it. */
  readonly yearFirst: boolean;
  /** Says by itself that it has no date yet: `n.d.`, `s.f.`, `in press`. */
  readonly undated: boolean;
  readonly title: string;
  /** Journal, book or proceedings that hold the title. */
  readonly container: string;
  readonly publisher: string;
  readonly place: string;
  readonly volume: string;
  readonly issue: string;
  readonly pages: string;
  /** `10.1234/abcd`, without what leads to it; null where there is none. */
  readonly doi: string | null;
  readonly url: string | null;
}
