import type { ReportFinding, ReportInput } from "../report-input.ts";
import { sampleInput } from "./sample-input.ts";

/** A case with other findings. */
export function withFindings(input: ReportInput, findings: readonly ReportFinding[]): ReportInput {
  const { measured } = input.case;
  return { ...input, case: { ...input.case, measured: { ...measured!, findings: [...findings] } } };
}

/** A case in which every piece of foreign text is this one. */
function filledWith(filling: string): ReportInput {
  const input = sampleInput();
  const measured = input.case.measured!;
  const findings = Array.from({ length: 60 }, (_, index): ReportFinding => {
    const start = index * 7;
    const common = {
      value: filling,
      threshold: filling,
      explanation: filling,
      facts: {},
      severity: "medium",
    } as const;
    const span = { start, end: start + 1_000 };
    if (index % 2 === 0) return { ...common, rule: "phrases.tortured", dimension: "autoría", span };
    const source = {
      kind: "source",
      id: filling,
      title: filling,
      span,
      similarity: 0.5,
      same_author: true,
    } as const;
    return { ...common, rule: "similarity.passage", dimension: "similitud", span, source };
  });
  return {
    ...input,
    text: filling,
    sources: [{ id: filling, kind: "source", title: filling, author: filling, text: filling }],
    case: {
      ...input.case,
      case_id: filling.slice(0, 200),
      title: filling,
      author: filling,
      recommendations: Array.from({ length: 30 }, () => filling),
      file: { filename: filling, format: "pdf", kept: true },
      measured: {
        ...measured,
        findings,
        pending: [filling],
        similarity: Array.from({ length: 200 }, () => ({
          ...measured.similarity[0]!,
          id: filling.slice(0, 500),
          title: filling.slice(0, 5_000),
          author: filling.slice(0, 5_000),
        })),
        opinion: { model: filling, text: filling, at: filling.slice(0, 100) },
        coverage: { ...measured.coverage, style: { done: false, reason: filling } },
      },
    },
    reviews: {
      state: "apelado",
      reviews: Array.from({ length: 60 }, () => ({
        kind: "appeal" as const,
        decision: null,
        notas: filling.slice(0, 20_000),
        by: filling.slice(0, 1_000),
        at: filling.slice(0, 100),
      })),
    },
  };
}

/** Every plane and script, one after the other; a fixed sequence. */
function everyScript(length: number): string {
  const points: number[] = [];
  for (let at = 0, seed = 1; at < length; at++) {
    seed = (seed * 48_271) % 2_147_483_647;
    points.push(at % 9 === 0 ? 0x20 : seed % (at % 3 === 0 ? 0x11_0000 : 0x30_00));
  }
  return points.map((point) => String.fromCodePoint(point)).join("");
}

/** Cases that somebody might send to break a report. */
export const hostileInput: readonly (readonly [name: string, make: () => ReportInput])[] = [
  ["one word of 100,000 letters", () => filledWith("W".repeat(100_000))],
  ["an address of 100,000 characters", () => filledWith(`https://example.org/${"a/b?c=d&".repeat(12_500)}`)],
  ["right to left, with directions", () => filledWith("\u202eשלום עולם العربية \u2067".repeat(2_000))],
  ["control characters", () => filledWith("a\0b\x01\x1b[31m\x7f\x85\ufeff\u200b ".repeat(3_000))],
  ["every script, half pairs too", () => filledWith(`${everyScript(40_000)}\ud800 \udc00`)],
  ["nothing but line ends", () => filledWith("\n \r\n\t".repeat(20_000))],
  ["a text of two million characters", () => filledWith("palabra otra ".repeat(154_000))],
  ["nothing at all", () => filledWith("")],
];
