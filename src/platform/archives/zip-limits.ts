/** Entries of an archive, folders included. */
export const MAX_ENTRIES = 100_000;
/** An entry that unpacks to more than so many times its size is a bomb; text and pictures stay far below. */
export const MAX_RATIO = 200;
/** Smaller entries may be packed as tightly as they like. */
export const RATIO_FROM_BYTES = 1024 * 1024;
/** The same for an archive as a whole: many small entries are a bomb too. */
export const TOTAL_RATIO_FROM_BYTES = 64 * 1024 * 1024;
