import type { Facts, Finding, Severity } from "../../../../algorithms/text/finding.ts";
import { foldWord } from "../../../../algorithms/text/fold.ts";
import type { DocumentMetadata, ReadDocument } from "../port.ts";

const MINUTE = 60_000;
/** Programs write times of day without a zone, which is up to 14 hours off, on clocks that are wrong by a little. */
const CLOCK_TOLERANCE = 26 * 60 * MINUTE;

/** A text of so many words is not written at one sitting of minutes. */
const LONG_TEXT = 500;
const VERY_LONG_TEXT = 1_500;
const FEW_MINUTES = 10;
const FEW_EDITING_MINUTES = 2;
const FEW_REVISIONS = 2;
/** Nobody composes at this speed, in words a minute; fast typists copy half of it. */
const FASTEST = 150;
const FAST_TEXT = 1_000;

/**
 * Programs that keep a history: others export documents without one, or with one that means nothing (converters,
 * libraries, web editors).
 */
const KEEPERS = /^(Microsoft (Office |Macintosh )?Word|LibreOffice|OpenOffice|Apache OpenOffice|WPS)/i;
/** Templates of libraries and forms have times of their own, years ago. */
const STALE = 366 * 24 * 60 * MINUTE;
/** What libraries leave in their templates. */
const LIBRARY_AUTHORS = /^(python-docx|un-?named|docx|phpword|apache poi)$/i;

/**
 * What a file's history says that does not go with its text. Absent fields say nothing, and neither do those of
 * programs that keep no history; what is said here can have plain reasons, which the explanations name.
 */
export function checkHistory(document: ReadDocument, words: number, submittedAt: number): Finding[] {
  const { metadata } = document;
  return [
    ...checkClock(metadata, submittedAt),
    ...(keepsHistory(document, submittedAt)
      ? [...checkDrafts(metadata, words), ...checkSpeed(metadata, words)]
      : []),
    ...checkEditor(metadata),
  ];
}

function keepsHistory({ format, metadata }: ReadDocument, submittedAt: number): boolean {
  return (
    submittedAt - (metadata.modifiedAt ?? submittedAt) < STALE &&
    (format === "docx" || format === "odt") &&
    KEEPERS.test(metadata.producer ?? "") &&
    !LIBRARY_AUTHORS.test(metadata.author ?? "")
  );
}

/** Everything within minutes, saved once or twice, hardly any time of editing: a long text that has no earlier states. */
function checkDrafts(metadata: DocumentMetadata, words: number): Finding[] {
  const { createdAt, modifiedAt, editingMinutes, revisions } = metadata;
  if (words < LONG_TEXT || createdAt === undefined || modifiedAt === undefined) return [];
  if (editingMinutes === undefined || revisions === undefined) return [];
  const minutes = Math.round(Math.abs(modifiedAt - createdAt) / MINUTE);
  if (minutes > FEW_MINUTES || editingMinutes > FEW_EDITING_MINUTES || revisions > FEW_REVISIONS) return [];
  const severity = words >= VERY_LONG_TEXT ? "medium" : "low";
  const facts = { words, minutes, editing_minutes: editingMinutes, revisions };
  return [finding("no_drafts", "sin_borradores", severity, words, LONG_TEXT, facts)];
}

/** More words than can be written in the time of editing: most of the text came from elsewhere. */
function checkSpeed({ editingMinutes }: DocumentMetadata, words: number): Finding[] {
  if (editingMinutes === undefined || editingMinutes <= FEW_EDITING_MINUTES || words < FAST_TEXT) return [];
  const speed = Math.round(words / editingMinutes);
  if (speed <= FASTEST) return [];
  const facts = { words, editing_minutes: editingMinutes, words_per_minute: speed };
  return [finding("fast_writing", "tiempo_sospechoso", "low", speed, FASTEST, facts)];
}

/** Times that cannot be: at most one finding. */
function checkClock({ createdAt, modifiedAt }: DocumentMetadata, submittedAt: number): Finding[] {
  const last = Math.max(createdAt ?? 0, modifiedAt ?? 0);
  const late = last - submittedAt;
  const backwards = (createdAt ?? 0) - (modifiedAt ?? Number.POSITIVE_INFINITY);
  const which = late > CLOCK_TOLERANCE ? "after_submission" : "created_after_modified";
  const by = which === "after_submission" ? late : backwards;
  if (by <= CLOCK_TOLERANCE) return [];
  const hours = Math.round(by / (60 * MINUTE));
  const facts = { which, hours };
  return [finding("clock", "tiempo_sospechoso", "low", hours, CLOCK_TOLERANCE / (60 * MINUTE), facts)];
}

/** Names that computers come with. */
const NOBODY = new Set(
  (
    "user usuario utilizador windows admin administrador administrator microsoft office pc home casa equipo cuenta " +
    "account conta estudiante alumno alumna aluno aluna student hp lenovo dell asus acer apple mac author autor " +
    "propietario owner unknown desconocido personal invitado guest de of do da the"
  ).split(" "),
);

/** Somebody else saved the file last: of names that share no word. */
function checkEditor({ author, lastModifiedBy }: DocumentMetadata): Finding[] {
  if (author === undefined || lastModifiedBy === undefined || LIBRARY_AUTHORS.test(author)) return [];
  const [first, last] = [namesIn(author), namesIn(lastModifiedBy)];
  if (first.size === 0 || last.size === 0 || [...first].some((name) => last.has(name))) return [];
  const facts = { author, last_modified_by: lastModifiedBy };
  return [finding("other_editor", "sin_borradores", "low", lastModifiedBy, null, facts)];
}

function namesIn(name: string): Set<string> {
  const words = name.split(/[^\p{L}\p{M}]+/u).map(foldWord);
  return new Set(words.filter((word) => word.length > 1 && !NOBODY.has(word)));
}

function finding(
  kind: string,
  evidence: "tiempo_sospechoso" | "sin_borradores",
  severity: Severity,
  value: number | string,
  threshold: number | null,
  facts: Facts,
): Finding {
  return {
    rule: "document.metadata",
    severity,
    value,
    threshold,
    span: null,
    facts: { kind, evidence, ...facts },
  };
}
