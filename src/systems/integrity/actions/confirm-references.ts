import type { Clock } from "../../../platform/ports.ts";
import {
  countOutcomes,
  findingsFromLookUps,
  type LookUpCounts,
} from "../engine/crossref/look-up-findings.ts";
import { lookUpReferences } from "../engine/crossref/look-up-references.ts";
import type { LookUpCache, LookUpOutcome, ReferenceRegister } from "../engine/crossref/reference-register.ts";
import type { TextEngine } from "../engine/port.ts";
import type { MeasuredFinding, Measurement } from "../measurement.ts";
import { RULE_FACTS } from "../rule-facts.ts";
import type { DocumentReader } from "../store/document-reader.ts";
import type { LookupStore } from "../store/lookup-store.ts";
import { type AmendDeps, amendMeasurement } from "./amend-measurement.ts";
import { combined } from "./measure-text.ts";

export interface ConfirmDeps extends AmendDeps {
  readonly engine: Pick<TextEngine, "analyse">;
  readonly documents: DocumentReader;
  readonly lookupStore: LookupStore;
  /** Null where none is configured. */
  readonly register: ReferenceRegister | null;
  readonly clock: Clock;
}

/** What a register said is believed so long. */
const KEPT_MS = 30 * 86_400_000;

/**
 * Asks a register for the references of a case. Only an evidently different work under a reference's own DOI becomes a
 * finding; what could not be verified is counted and says nothing.
 * @returns how many came out how; null where there is no register or no text
 */
export async function confirmReferences(
  deps: ConfirmDeps,
  caseId: string,
  signal: AbortSignal,
): Promise<LookUpCounts | null> {
  const text = await deps.documents.textOf(caseId);
  if (deps.register === null || text === null) {
    await amendMeasurement(deps, caseId, "case.references_not_looked_up", withoutPending);
    return null;
  }
  const currentYear = new Date(deps.clock.now()).getUTCFullYear();
  const { references } = await deps.engine.analyse({ text, currentYear, earlierTexts: [] }, signal);
  const outcomes = await lookUpReferences(deps.register, references, { cache: cacheOf(deps), signal });
  const counts = countOutcomes(outcomes);
  const found = findingsFromLookUps(references, outcomes).map(
    (finding): MeasuredFinding => ({ ...finding, dimension: RULE_FACTS[finding.rule].dimension }),
  );
  await amendMeasurement(deps, caseId, "case.references_looked_up", (measurement, record) => {
    const others = measurement.findings.filter(({ rule }) => rule !== "references.unconfirmed");
    const findings = [...others, ...found];
    return {
      ...withoutPending(measurement),
      ...combined(record, findings),
      findings,
      signals: { ...measurement.signals, reference_look_up: counts },
      coverage: { ...measurement.coverage, reference_look_up: { done: true } },
    };
  });
  return counts;
}

/** Says that the look-up was given up, so that nobody waits for it. */
export async function giveUpReferences(deps: AmendDeps, caseId: string): Promise<void> {
  await amendMeasurement(deps, caseId, "case.references_not_looked_up", (measurement) => ({
    ...withoutPending(measurement),
    coverage: { ...measurement.coverage, reference_look_up: { done: false, reason: "failed" } },
  }));
}

function withoutPending(measurement: Measurement): Measurement {
  return { ...measurement, pending: measurement.pending.filter((name) => name !== "references") };
}

function cacheOf({ lookupStore, clock }: ConfirmDeps): LookUpCache {
  return {
    async get(key) {
      const kept = await lookupStore.get(key, clock.now() - KEPT_MS);
      return kept === null ? null : (JSON.parse(kept) as LookUpOutcome);
    },
    put: (key, outcome) => lookupStore.put(key, JSON.stringify(outcome), clock.now()),
  };
}
