import { contractInstant } from "../instants.ts";
import type { CasePlace, CaseReader } from "../store/case-reader.ts";
import type { PairReader } from "../store/pair-reader.ts";
import { readFilters, type SentFilters } from "./list-cases.ts";

const PAGE = 500;
/** So that a spreadsheet reads accents right. */
const BYTE_ORDER_MARK = "\ufeff";

type Cell = string | number | null;

/** Cases that match, newest first, line by line: read in pages, so that memory does not grow with their number. */
export async function* csvOfCases(reader: CaseReader, sent: SentFilters): AsyncGenerator<string> {
  const filter = readFilters(sent);
  yield BYTE_ORDER_MARK +
    line(
      [
        "case_id",
        "title",
        "author",
        "role",
        "product_type",
        "overall_score",
        "overall_level",
        "confidence",
      ].concat(["text_length", "review_state", "analyzed_at"]),
    );
  let after: CasePlace | undefined;
  for (;;) {
    const page = filter === null ? [] : await reader.listCases(filter, { limit: PAGE, after });
    yield page
      .map((record) =>
        line([
          record.id,
          record.title,
          record.author,
          record.role,
          record.product,
          record.overall,
          record.level,
          record.confidence,
          record.textLength,
          record.reviewState,
          contractInstant(record.analyzedAt),
        ]),
      )
      .join("");
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = last;
  }
}

/** Pairs of documents that share passages, line by line. `minShare` is 0..1 of the case's words. */
export async function* csvOfPairs(reader: PairReader, minShare: number): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK +
    line(
      ["case_id", "title", "author", "source_kind", "source_id", "source_title", "source_author"].concat([
        "matched_words",
        "share",
      ]),
    );
  let after: { caseId: string; document: number } | null = null;
  for (;;) {
    const page = await reader.pairs(minShare, after, PAGE);
    yield page
      .map((pair) =>
        line([
          pair.caseId,
          pair.caseTitle,
          pair.caseAuthor,
          pair.otherKind,
          pair.otherId,
          pair.otherTitle,
          pair.otherAuthor,
          pair.matchedWords,
          pair.share,
        ]),
      )
      .join("");
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    after = last;
  }
}

function line(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(",")}\r\n`;
}

/** RFC 4180; what a spreadsheet would take for a formula is marked as text. */
function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
