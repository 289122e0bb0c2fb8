import type { AnalysisRequest, Comparison, TextAnalysis, TextFinding } from "../engine/port.ts";
import type { MeasuredFinding, Measurement } from "../measurement.ts";
import { RULE_FACTS } from "../rule-facts.ts";
import { combineFindings } from "../scoring/combine-findings.ts";
import { compareWithStored } from "./compare-with-stored.ts";
import type { MeasureDeps, Subject } from "./subject.ts";
import { withoutExcerpts } from "./without-excerpts.ts";

/** A measurement, with what finds the text again. */
export interface MeasuredText {
  readonly measurement: Measurement;
  readonly analysis: TextAnalysis;
  /** Hashes that are everybody's. */
  readonly common: ReadonlySet<number>;
  /** Of these, the ones that were found to be so now. */
  readonly newlyCommon: readonly number[];
}

const MOST_EARLIER_TEXTS = 5;

/** Everything that a text shows: by itself, beside stored documents, and in the file that it came in. */
export async function measureText(
  deps: MeasureDeps,
  subject: Subject,
  signal?: AbortSignal,
): Promise<MeasuredText> {
  const analysis = await deps.engine.analyse(await analysisRequest(deps, subject), signal);
  const compared = await compareWithStored(deps, subject, analysis.keys, signal);
  const findings = [
    ...compared.findings,
    ...[...(subject.file?.findings ?? []), ...analysis.findings].map(toMeasured).sort(byPlace),
  ];
  const kept = deps.settings.keepText
    ? findings
    : findings.map((finding) => withoutExcerpts(finding, subject.text));
  return {
    analysis,
    common: compared.common,
    newlyCommon: compared.newlyCommon,
    measurement: {
      ...combined(subject, kept),
      ...summaryOf(compared.comparison),
      findings: kept,
      signals: { ...analysis.signals, ...subject.file?.signals },
      coverage: {
        similarity: { done: true, facts: { documents: compared.documents } },
        ...analysis.coverage,
        ...(subject.file === null ? {} : { file: subject.file.coverage }),
      },
      exclusions: subject.exclusions,
      pending: [],
      evaluatedAt: deps.clock.now(),
    },
  };
}

async function analysisRequest(deps: MeasureDeps, subject: Subject): Promise<AnalysisRequest> {
  const { authorKey, submittedAt } = subject;
  const compares = deps.settings.earlierTexts && authorKey !== null;
  return {
    text: subject.text,
    currentYear: new Date(submittedAt).getUTCFullYear(),
    earlierTexts: compares
      ? await deps.documents.earlierTexts(authorKey, submittedAt, MOST_EARLIER_TEXTS)
      : [],
  };
}

/** The score with these findings, in the measurement's words. */
export function combined(
  { evidence, role, product }: Pick<Subject, "evidence" | "role" | "product">,
  findings: readonly MeasuredFinding[],
): Pick<Measurement, "combinedScore" | "combinedLevel" | "suggestedFlags"> {
  const { score, level, suggested } = combineFindings(evidence, findings, role, product);
  return { combinedScore: score, combinedLevel: level, suggestedFlags: suggested };
}

function summaryOf({ similar, share }: Comparison): Pick<Measurement, "similar" | "similarityShare"> {
  return { similar, similarityShare: share };
}

function toMeasured(finding: TextFinding): MeasuredFinding {
  return { ...finding, dimension: RULE_FACTS[finding.rule].dimension };
}

/** Findings without a place come last. */
function byPlace(a: MeasuredFinding, b: MeasuredFinding): number {
  return (a.span?.start ?? Number.MAX_SAFE_INTEGER) - (b.span?.start ?? Number.MAX_SAFE_INTEGER);
}
