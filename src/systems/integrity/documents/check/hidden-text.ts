import type { Finding, Severity } from "../../../../algorithms/text/finding.ts";
import type { DocumentFormat, HiddenPlace, ReadDocument } from "../port.ts";
import { countWords } from "./count-words.ts";

/** Shorter places are left over from editing: a label, a page's number, a line of spaces. */
const FEWEST_WORDS = 3;
/** Long lines lose their last words over a page's edge. */
const FEWEST_OUTSIDE = 20;
/** So much is not left over. */
const MANY_WORDS = 50;
const MOST_FINDINGS = 50;

/** What is hidden, in words. */
export interface HiddenText {
  readonly findings: readonly Finding[];
  readonly places: number;
  readonly words: number;
}

/** Places that a reader does not see, in the order of the text. O(length). */
export function findHiddenText({ format, text, hidden }: ReadDocument): HiddenText {
  const counted = hidden.map((place) => ({ place, words: countWords(text.slice(place.start, place.end)) }));
  const told = counted.filter(({ place, words }) => words >= thresholdOf(place));
  const words = counted.reduce((sum, { words }) => sum + words, 0);
  const meant = told.filter(({ place }) => place.reason !== "outside_page");
  const many = meant.reduce((sum, { words }) => sum + words, 0) >= MANY_WORDS;
  const findings = told.slice(0, MOST_FINDINGS).map(({ place, words }): Finding => {
    const { start, end, reason } = place;
    return {
      rule: "document.hidden_text",
      severity: severityOf(place, format, many),
      value: words,
      threshold: thresholdOf(place),
      span: { start, end },
      facts: { reason, words },
    };
  });
  return { findings, places: hidden.length, words };
}

function thresholdOf({ reason }: HiddenPlace): number {
  return reason === "outside_page" ? FEWEST_OUTSIDE : FEWEST_WORDS;
}

/** Lines that are too long or too many run over a page's edge by themselves, and web pages hide menus and notes. */
function severityOf({ reason }: HiddenPlace, format: DocumentFormat, many: boolean): Severity {
  if (reason === "outside_page" || (format === "html" && reason === "not_shown")) return "low";
  return many ? "high" : "medium";
}
