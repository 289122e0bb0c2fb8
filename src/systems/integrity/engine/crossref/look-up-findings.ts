import { shorten } from "../../../../algorithms/text/references/reference-entry.ts";
import type { ReferenceToLookUp, TextFinding } from "../port.ts";
import type { LookUpOutcome, RegisteredWork } from "./reference-register.ts";

const MOST_FINDINGS = 50;

/** What a finding tells of an entry. */
type LookedUpEntry = Pick<ReferenceToLookUp, "title" | "doi" | "span">;

/**
 * Entries whose DOI the register holds an evidently different work under. What could not be verified is no finding: not
 * being found says nothing about a reference. Places as the entries have them.
 */
export function findingsFromLookUps(
  entries: readonly LookedUpEntry[],
  outcomes: readonly LookUpOutcome[],
): TextFinding[] {
  return entries
    .flatMap((entry, index) => {
      const found = outcomes[index];
      return found?.outcome === "mismatch" ? [toFinding(entry, found.detail.work)] : [];
    })
    .slice(0, MOST_FINDINGS);
}

function toFinding(entry: LookedUpEntry, work: RegisteredWork): TextFinding {
  return {
    rule: "references.unconfirmed",
    severity: "medium",
    value: entry.doi ?? "",
    threshold: null,
    span: entry.span,
    facts: {
      doi: entry.doi ?? "",
      title: shorten(entry.title ?? "", 120),
      registered_title: shorten(work.title, 120),
      registered_author: work.firstAuthor ?? "",
      registered_year: work.year ?? "",
    },
  };
}

/** How many references came out how, for the signals. */
export interface LookUpCounts {
  readonly confirmed: number;
  readonly mismatch: number;
  readonly could_not_verify: number;
}

export function countOutcomes(outcomes: readonly LookUpOutcome[]): LookUpCounts {
  const count = (wanted: LookUpOutcome["outcome"]) =>
    outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    confirmed: count("confirmed"),
    mismatch: count("mismatch"),
    could_not_verify: count("could_not_verify"),
  };
}
