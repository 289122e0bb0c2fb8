import type { Analysis } from "../../../algorithms/text/finding.ts";
import { countWords } from "./check/count-words.ts";
import { findDuplicateImages } from "./check/duplicate-images.ts";
import { findHiddenText } from "./check/hidden-text.ts";
import { checkHistory } from "./check/history.ts";
import type { DocumentMetadata, ReadDocument } from "./port.ts";

/** What was read of a file beside its text. Times are UTC. */
export interface DocumentSignals {
  readonly format: string;
  readonly title?: string;
  readonly author?: string;
  readonly last_modified_by?: string;
  readonly created_at?: string;
  readonly modified_at?: string;
  readonly revisions?: number;
  readonly editing_minutes?: number;
  readonly producer?: string;
  readonly creator?: string;
  readonly company?: string;
  readonly template?: string;
  readonly tracked_insertions?: number;
  readonly tracked_deletions?: number;
  readonly pages?: number;
  readonly hidden_places: number;
  readonly hidden_words: number;
  readonly images: number;
}

/**
 * What a file shows beside its text: places that a reader does not see, a history that does not go with the text,
 * pictures that it contains twice. Pure. O(length + images squared). Source: spec/integrity.md section 3, f and h.
 *
 * @param submittedAt milliseconds since 1970.
 */
export function checkDocument(document: ReadDocument, submittedAt: number): Analysis<DocumentSignals> {
  const hidden = findHiddenText(document);
  return {
    findings: [
      ...hidden.findings,
      ...checkHistory(document, countWords(document.text), submittedAt),
      ...findDuplicateImages(document.images),
    ],
    signals: {
      format: document.format,
      ...metadataSignals(document.metadata),
      hidden_places: hidden.places,
      hidden_words: hidden.words,
      images: document.images.length,
    },
    coverage: document.notes.length === 0 ? { done: true } : { done: true, facts: { notes: document.notes } },
  };
}

function metadataSignals(metadata: DocumentMetadata) {
  const { lastModifiedBy, createdAt, modifiedAt, editingMinutes, trackedChanges, ...same } = metadata;
  return withoutAbsent({
    ...same,
    last_modified_by: lastModifiedBy,
    created_at: timeOf(createdAt),
    modified_at: timeOf(modifiedAt),
    editing_minutes: editingMinutes,
    tracked_insertions: trackedChanges?.insertions,
    tracked_deletions: trackedChanges?.deletions,
  });
}

/** Times are shown to the second and without a zone: spec/integrity.md section 5. */
function timeOf(instant: number | undefined): string | undefined {
  return instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 19);
}

function withoutAbsent<Fields extends object>(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
}
