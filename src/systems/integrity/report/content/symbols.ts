import type { Severity } from "../../../../algorithms/text/finding.ts";
import type { Level } from "../../../../contracts/integrity/index.ts";

/** Shapes beside words, so that nothing rests on colour. All are in the report's fonts. */
export const SEVERITY_SYMBOLS: Readonly<Record<Severity, string>> = { low: "○", medium: "◐", high: "●" };

export const LEVEL_SYMBOLS: Readonly<Record<Level, string>> = { BAJO: "○", MEDIO: "◐", ALTO: "●" };

export const DONE_SYMBOL = "✓";
export const NOT_DONE_SYMBOL = "–";
