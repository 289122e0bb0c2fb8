import type { ReportMeasured } from "../report-input.ts";
import { clip } from "./cut-text.ts";
import type { NumberFormats } from "./number-formats.ts";

/** Where a figure stands in `signals`, and how it is shown: with so many decimals, as an instant, as it stands. */
const SIGNALS = {
  words: ["readability.words", 0],
  sentences: ["readability.sentences", 0],
  paragraphs: ["readability.paragraphs", 0],
  mean_sentence_words: ["readability.mean_sentence_words", 1],
  mean_word_letters: ["readability.mean_word_letters", 1],
  burstiness: ["readability.burstiness", 2],
  type_token_ratio: ["readability.type_token_ratio", 2],
  hapax_ratio: ["readability.hapax_ratio", 2],
  mtld: ["readability.mtld", 1],
  syllables_per_word: ["readability.reading_ease.syllables_per_word", 2],
  fernandez_huerta: ["readability.reading_ease.fernandez_huerta", 1],
  szigriszt_pazos: ["readability.reading_ease.szigriszt_pazos", 1],
  flesch: ["readability.reading_ease.flesch", 1],
  flesch_martins: ["readability.reading_ease.flesch_martins", 1],
  style_segments: ["style.segments", 0],
  style_distance: ["style.largest_distance", 1],
  references: ["references.entries", 0],
  citations: ["references.citations", 0],
  citations_matched: ["references.matched", 0],
  numeric_citations: ["references.numeric_citations", 0],
  tests: ["statistics.tests", 0],
  tests_checked: ["statistics.testsChecked", 0],
  means_checked: ["statistics.meansChecked", 0],
  percentages_checked: ["statistics.percentagesChecked", 0],
  homoglyph_words: ["characters.homoglyph_words", 0],
  invisible_characters: ["characters.invisible_characters", 0],
  file_created: ["file.created_at", "instant"],
  file_modified: ["file.modified_at", "instant"],
  file_modified_by: ["file.last_modified_by", "text"],
  file_producer: ["file.producer", "text"],
  file_revisions: ["file.revisions", 0],
  file_editing_minutes: ["file.editing_minutes", 0],
  file_pages: ["file.pages", 0],
  file_images: ["file.images", 0],
  file_hidden_words: ["file.hidden_words", 0],
} as const satisfies Record<string, readonly [path: string, shown: number | "instant" | "text"]>;

export type SignalName = keyof typeof SIGNALS;

/** A figure that describes the text, as it is read. What a file says of itself is a stranger's text. */
export interface SignalRow {
  readonly name: SignalName;
  readonly value: string;
}

const LONGEST_TEXT = 120;

/** The figures that a reader may make something of, those that were measured. */
export function signalRows(
  { signals }: Pick<ReportMeasured, "signals">,
  formats: NumberFormats,
): SignalRow[] {
  return Object.entries(SIGNALS).flatMap(([name, [path, shown]]) => {
    const value = say(follow(signals, path.split(".")), shown, formats);
    return value === null ? [] : [{ name: name as SignalName, value }];
  });
}

function say(value: unknown, shown: number | "instant" | "text", formats: NumberFormats): string | null {
  if (typeof shown === "number") {
    return typeof value === "number" && Number.isFinite(value) ? formats.decimal(value, shown) : null;
  }
  if (typeof value !== "string" || value === "") return null;
  return clip(shown === "instant" ? formats.instant(value) : value, LONGEST_TEXT);
}

function follow(from: unknown, path: readonly string[]): unknown {
  let at = from;
  for (const key of path) {
    if (typeof at !== "object" || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}
