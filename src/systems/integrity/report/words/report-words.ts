import type { Severity } from "../../../../algorithms/text/finding.ts";
import type {
  Decision,
  Dimension,
  Evidence,
  FindingDimension,
  Level,
  Product,
  ReviewState,
  Role,
  RuleName,
} from "../../../../contracts/integrity/index.ts";
import type { AnalysisName } from "../content/coverage-rows.ts";
import type { SignalName } from "../content/signal-rows.ts";

/** Every word that a report says by itself, in one language. Numbers arrive formatted. */
export interface ReportWords {
  readonly head: {
    readonly kind: string;
    readonly untitled: string;
    readonly author: string;
    readonly unknownAuthor: string;
    readonly role: string;
    readonly product: string;
    readonly analysed: string;
    readonly caseId: string;
    readonly length: string;
    readonly characters: (count: string) => string;
    readonly file: string;
    readonly state: string;
    readonly contents: string;
    readonly noVerdict: string;
    readonly personDecides: string;
    readonly generated: (at: string, version: string) => string;
  };
  readonly score: {
    readonly heading: string;
    readonly outOf: string;
    readonly level: string;
    readonly confidence: string;
    readonly confidenceMeaning: string;
    readonly arose: string;
    readonly factors: (role: string, roleFactor: string, product: string, productFactor: string) => string;
    readonly dimension: string;
    readonly observations: string;
    readonly calculation: string;
    readonly value: string;
    readonly points: string;
    readonly noneHere: string;
    readonly sum: (sum: string, score: string) => string;
    readonly takenOver: string;
    readonly made: string;
    readonly noneMade: string;
    readonly recommendations: string;
    readonly noRecommendations: string;
  };
  readonly measured: {
    readonly heading: string;
    readonly badge: string;
    readonly apart: string;
    readonly absent: string;
    readonly combined: string;
    readonly combinedHint: string;
    readonly share: string;
    readonly shareOfWords: string;
    readonly suggested: string;
    readonly suggestedHint: string;
    readonly noneSuggested: string;
    readonly coverage: string;
    readonly analysis: string;
    readonly outcome: string;
    readonly note: string;
    readonly done: string;
    readonly notDone: string;
    readonly compared: (count: string) => string;
    readonly needsWords: (count: string) => string;
    readonly needsSegments: (count: string) => string;
    readonly reasons: Readonly<Record<string, string>>;
    /** What of a file could not be read, by the reader's words for it. */
    readonly notes: Readonly<Record<string, string>>;
    readonly otherReason: (code: string) => string;
    readonly excluded: string;
    readonly exclusions: {
      readonly quotations: string;
      readonly bibliography: string;
      readonly template: string;
      readonly same_author: string;
    };
    readonly nothingExcluded: string;
    readonly pending: string;
    readonly pendingNames: Readonly<Record<string, string>>;
    readonly opinion: string;
    readonly opinionHint: (model: string, at: string) => string;
    readonly evaluated: (at: string) => string;
  };
  readonly findings: {
    readonly heading: string;
    readonly intro: string;
    readonly none: string;
    readonly count: (count: string, severity: string) => string;
    readonly place: (from: string, to: string) => string;
    readonly noPlace: string;
    readonly value: (value: string) => string;
    readonly threshold: (threshold: string) => string;
    readonly alsoIn: string;
    readonly seeInText: string;
    readonly leftOut: (count: string) => string;
    readonly textGone: string;
    readonly number: (number: string) => string;
  };
  readonly sources: {
    readonly heading: string;
    readonly none: string;
    readonly source: string;
    readonly kind: string;
    readonly share: string;
    readonly words: string;
    readonly passages: string;
    readonly kinds: { readonly case: string; readonly source: string };
    readonly sameAuthor: string;
    readonly leftOut: (count: string) => string;
  };
  readonly pairs: {
    readonly heading: string;
    readonly intro: string;
    readonly here: string;
    readonly there: string;
    readonly agreement: (share: string) => string;
    readonly textGone: string;
    readonly goesOn: string;
    readonly leftOut: (count: string) => string;
  };
  readonly text: {
    readonly heading: string;
    readonly legend: string;
    readonly similar: string;
    readonly finding: (severity: string) => string;
    /** Of a similar passage in which another finding lies. */
    readonly both: string;
    readonly excerptsOnly: (limit: string) => string;
    readonly skipped: (count: string) => string;
    readonly gone: string;
  };
  readonly signals: {
    readonly heading: string;
    readonly intro: string;
    readonly figure: string;
    readonly value: string;
    readonly none: string;
    readonly language: string;
    readonly languages: { readonly es: string; readonly en: string; readonly pt: string };
    readonly otherLanguage: string;
    readonly names: Readonly<Record<SignalName, string>>;
  };
  readonly reviews: {
    readonly heading: string;
    readonly none: string;
    readonly what: string;
    readonly who: string;
    readonly when: string;
    readonly notes: string;
    readonly noNotes: string;
    readonly appeal: string;
    readonly decisions: Readonly<Record<Decision, string>>;
    readonly states: Readonly<Record<ReviewState, string>>;
    readonly leftOut: (count: string) => string;
  };
  readonly limits: {
    readonly heading: string;
    readonly intro: string;
    readonly paragraphs: Readonly<Record<AnalysisName, string>>;
  };
  readonly print: {
    readonly page: (page: string, pages: string) => string;
    readonly case: (id: string) => string;
    readonly contextOnly: string;
    readonly notesCut: string;
  };
  readonly names: {
    readonly roles: Readonly<Record<Role, string>>;
    readonly products: Readonly<Record<Product, string>>;
    readonly levels: Readonly<Record<Level, string>>;
    readonly dimensions: Readonly<Record<FindingDimension | Dimension, string>>;
    readonly evidences: Readonly<Record<Evidence, string>>;
    readonly severities: Readonly<Record<Severity, string>>;
    readonly rules: Readonly<Record<RuleName, string>>;
    readonly analyses: Readonly<Record<AnalysisName, string>>;
  };
  /** Recommendations are stored in Spanish; what is not found here is shown as it stands. */
  readonly recommendations: Readonly<Record<string, string>>;
}
