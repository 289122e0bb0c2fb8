const MB = 1024 ** 2;

/** Bytes of a file. */
export const MAX_FILE_BYTES = 100 * MB;

/** Code points of a document's text. Source: spec/integrity.md, as for texts that are posted. */
export const MAX_CODE_POINTS = 2_000_000;

/** No text of `MAX_CODE_POINTS` takes more, in any encoding that is read; with room for a byte order mark. */
export const MAX_PLAIN_BYTES = 4 * MAX_CODE_POINTS + 4;

/** Markup takes room, too, and a tree of it takes much more. */
export const MAX_HTML_BYTES = 16 * MB;

/** Elements within elements of HTML, as `nestingOf` counts: pages have tens, a careless old one some hundreds. */
export const MAX_HTML_DEPTH = 5_000;

export const MAX_PAGES = 2_000;

/** Places beyond these are not told. */
export const MAX_HIDDEN_PLACES = 10_000;

/** Archives: what is unpacked of all entries together, and of one picture. */
export const MAX_UNPACKED_BYTES = 200 * MB;
export const MAX_ENTRIES = 10_000;
/** Prose in XML is packed 5 to 30 fold; this is beyond any document, and a third of what a bomb reaches. */
export const MAX_RATIO = 350;
/** Where the ratio begins to count. */
export const RATIO_FROM_BYTES = 4 * MB;

/** Elements within elements. Word's own documents stay under 100. */
export const MAX_XML_DEPTH = 400;

export const IMAGE_LIMITS = { maxBytes: 64 * MB, maxPixels: 40_000_000 };
export const MAX_IMAGES = 200;
/** After this time what was seen of the pictures is told; the rest is left out. */
export const IMAGES_BUDGET_MS = 7_000;
/** Smaller pictures are bullets, icons and rules. */
export const MIN_IMAGE_SIDE = 48;

/** What one document may cost. */
export interface ReadingLimits {
  /** Until its text is there. */
  readonly textMs: number;
  /** For its pictures, afterwards; then it is told without them. */
  readonly imagesMs: number;
  /** Resident memory of the process that reads it; Linux only. */
  readonly residentBytes: number;
  /** Memory of its JavaScript values. */
  readonly heapMb: number;
}

export const READING_LIMITS: ReadingLimits = {
  textMs: 30_000,
  imagesMs: 10_000,
  residentBytes: 1024 * MB,
  heapMb: 512,
};

export const MAX_AT_ONCE = 2;
export const MAX_WAITING = 32;
