import type { CodePoints } from "../../../algorithms/text/code-points.ts";
import type { Finding } from "../../../algorithms/text/finding.ts";
import type { TextFinding } from "./port.ts";

/** Findings with their places in code points, as everything outside the analyses counts. */
export function toTextFindings(findings: readonly Finding[], points: CodePoints): TextFinding[] {
  return findings.map((finding) => ({
    ...finding,
    span: finding.span === null ? null : points.span(finding.span),
  }));
}
