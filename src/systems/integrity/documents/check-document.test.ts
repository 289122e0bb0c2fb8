import { describe, expect, it } from "vitest";
import { checkDocument } from "./check-document.ts";
import type { DocumentImage, DocumentMetadata, HiddenReason, ReadDocument } from "./port.ts";

const SUBMITTED = Date.UTC(2026, 0, 30, 12);
const MINUTE = 60_000;

const documentOf = (given: Partial<ReadDocument>): ReadDocument => ({
  format: "docx",
  text: "palabra ".repeat(2_000),
  hidden: [],
  metadata: {},
  images: [],
  notes: [],
  ...given,
});
const check = (given: Partial<ReadDocument>) => checkDocument(documentOf(given), SUBMITTED);
const kinds = (metadata: DocumentMetadata, given: Partial<ReadDocument> = {}) =>
  check({ metadata, ...given }).findings.map(({ severity, facts }) => [facts.kind, facts.evidence, severity]);

/** A text in which every `size` words in a row are hidden, apart from each other. */
function hiddenPlaces(reason: HiddenReason, count: number, size: number): Partial<ReadDocument> {
  const place = "oculto ".repeat(size).trim();
  const text = `${place} visible `.repeat(count);
  const step = place.length + " visible ".length;
  const hidden = Array.from({ length: count }, (_, at) => ({
    start: at * step,
    end: at * step + place.length,
    reason,
  }));
  return { text, hidden };
}

describe("hidden text", () => {
  it("is told with its place, its words and why it is not seen", () => {
    const { findings, signals } = check(hiddenPlaces("white", 2, 5));
    expect(findings).toEqual(
      [0, 43].map((start) => ({
        rule: "document.hidden_text",
        severity: "medium",
        value: 5,
        threshold: 3,
        span: { start, end: start + 34 },
        facts: { reason: "white", words: 5 },
      })),
    );
    expect(signals).toMatchObject({ hidden_places: 2, hidden_words: 10 });
  });

  it("is passed over where it is a word or two, and weighs more from fifty words on", () => {
    expect(check(hiddenPlaces("white", 40, 2)).findings).toEqual([]);
    const severities = (given: Partial<ReadDocument>) =>
      check(given).findings.map(({ severity }) => severity);
    expect(severities(hiddenPlaces("not_shown", 1, 49))).toEqual(["medium"]);
    expect(severities(hiddenPlaces("not_shown", 5, 10))).toEqual(Array(5).fill("high"));
    expect(severities(hiddenPlaces("outside_page", 9, 19))).toEqual([]);
    expect(severities(hiddenPlaces("outside_page", 1, 500))).toEqual(["low"]);
    expect(severities({ ...hiddenPlaces("not_shown", 1, 500), format: "html" })).toEqual(["low"]);
    expect(severities(hiddenPlaces("tiny", 3_000, 3))).toHaveLength(50);
  });
});

describe("a history", () => {
  const sitting: DocumentMetadata = {
    producer: "Microsoft Office Word 16.0000",
    createdAt: SUBMITTED - 65 * MINUTE,
    modifiedAt: SUBMITTED - 60 * MINUTE,
    editingMinutes: 1,
    revisions: 2,
  };

  it("of minutes does not go with a long text", () => {
    expect(kinds(sitting)).toEqual([["no_drafts", "sin_borradores", "medium"]]);
    expect(kinds(sitting, { text: "palabra ".repeat(600) })).toEqual([
      ["no_drafts", "sin_borradores", "low"],
    ]);
    expect(kinds({ ...sitting, producer: "LibreOffice/7.4" }, { format: "odt" })).toHaveLength(1);
  });

  it("says nothing where anything of it is missing, longer, or the text short", () => {
    for (const other of [
      { createdAt: undefined },
      { editingMinutes: undefined },
      { revisions: undefined },
      { createdAt: SUBMITTED - 300 * MINUTE },
      { editingMinutes: 30 },
      { revisions: 9 },
      { producer: undefined },
      { producer: "Google Docs" },
      { producer: "Pandoc" },
      { author: "python-docx" },
      { createdAt: Date.UTC(2013, 11, 23), modifiedAt: Date.UTC(2013, 11, 23) },
    ])
      expect(kinds({ ...sitting, ...other }), JSON.stringify(other)).toEqual([]);
    expect(kinds(sitting, { text: "palabra ".repeat(499) })).toEqual([]);
    expect(kinds(sitting, { format: "pdf" })).toEqual([]);
    expect(kinds({})).toEqual([]);
  });

  it("with less time of editing than anybody needs to type so much is told", () => {
    const quick = { ...sitting, editingMinutes: 10, revisions: 8, createdAt: SUBMITTED - 5_000 * MINUTE };
    expect(kinds(quick)).toEqual([["fast_writing", "tiempo_sospechoso", "low"]]);
    expect(kinds({ ...quick, editingMinutes: 14 })).toEqual([]);
    expect(check({ metadata: quick }).findings[0]).toMatchObject({ value: 200, threshold: 150 });
  });

  it("that cannot be is told, beyond what time zones explain", () => {
    const hour = 60 * MINUTE;
    expect(kinds({ createdAt: SUBMITTED + 30 * hour })).toEqual([["clock", "tiempo_sospechoso", "low"]]);
    expect(kinds({ createdAt: SUBMITTED - hour, modifiedAt: SUBMITTED - 50 * hour })).toHaveLength(1);
    expect(kinds({ createdAt: SUBMITTED + 20 * hour, modifiedAt: SUBMITTED })).toEqual([]);
    expect(kinds({ modifiedAt: SUBMITTED })).toEqual([]);
  });

  it("with somebody else's last change is told, weakly, where both are named", () => {
    const editors = (author: string, lastModifiedBy: string) => kinds({ author, lastModifiedBy });
    expect(editors("Ana Pérez", "Luis Gómez")).toEqual([["other_editor", "sin_borradores", "low"]]);
    for (const [author, last] of [
      ["Ana Pérez", "PEREZ GÓMEZ, ANA"],
      ["Ana Pérez", "Usuario de Windows"],
      ["HP", "Ana"],
      ["python-docx", "Ana"],
      ["123", "Ana"],
    ] as const)
      expect(editors(author, last), `${author}, ${last}`).toEqual([]);
  });
});

describe("pictures", () => {
  const image = (sha256: string, phash: string | null, more: Partial<DocumentImage> = {}) => ({
    sha256,
    phash,
    width: 800,
    height: 600,
    ...more,
  });
  const pairs = (images: DocumentImage[]) =>
    check({ images }).findings.map(({ severity, facts }) => [severity, facts]);

  it("that a document has twice are told once", () => {
    const near = ["00000000000000ff", "00000000000000f0"];
    expect(pairs([image("a", near[0]!), image("b", "ffffffff00000000"), image("a", near[0]!)])).toEqual([
      ["medium", { where: "document", match: "exact", image: 1, other_image: 3 }],
    ]);
    expect(
      pairs([image("a", near[0]!, { page: 4 }), image("b", near[1]!, { page: 9, width: 400, height: 300 })]),
    ).toEqual([
      ["low", { where: "document", match: "similar", image: 1, other_image: 2, page: 4, other_page: 9 }],
    ]);
  });

  it("that are small, on the first pages, shown more than twice, of another shape or cannot be compared are not", () => {
    const same = (more: Partial<DocumentImage>) => [image("a", null, more), image("a", null, more)];
    expect(pairs(same({ width: 200 }))).toEqual([]);
    expect(pairs(same({ page: 1 }))).toEqual([]);
    expect(pairs([...same({}), ...same({})])).toEqual([]);
    expect(pairs([image("a", "0".repeat(16)), image("b", "0".repeat(16), { width: 1_200 })])).toEqual([]);
    expect(pairs([image("a", null), image("b", null)])).toEqual([]);
    expect(
      pairs([image("a", null, { width: 0, height: 0 }), image("a", null, { width: 0, height: 0 })]),
    ).toEqual([]);
  });
});

it("what was read of a file is told as signals, what was not as coverage", () => {
  const metadata = {
    author: "Ana",
    createdAt: SUBMITTED,
    trackedChanges: { insertions: 3, deletions: 0 },
    pages: 2,
  };
  const { signals, coverage } = check({ metadata, notes: ["image_unreadable"] });
  expect(signals).toEqual({
    format: "docx",
    author: "Ana",
    created_at: "2026-01-30T12:00:00",
    tracked_insertions: 3,
    tracked_deletions: 0,
    pages: 2,
    hidden_places: 0,
    hidden_words: 0,
    images: 0,
  });
  expect(coverage).toEqual({ done: true, facts: { notes: ["image_unreadable"] } });
  expect(check({}).coverage).toEqual({ done: true });
});
