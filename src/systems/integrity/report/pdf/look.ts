import type { Severity } from "../../../../algorithms/text/finding.ts";
import type { Level } from "../../../../contracts/integrity/index.ts";

/** Colours on white paper; text meets WCAG AA. */
export const INK = "#1a2330";
export const MUTED = "#52606f";
export const ACCENT = "#1f4f8f";
export const RULE = "#d5dae1";
export const NOTICE = "#eaf1fb";
export const SIMILAR_TINT = "#d3e6ff";

export const SEVERITY_COLOURS: Readonly<Record<Severity, string>> = {
  low: "#4a5a6b",
  medium: "#875400",
  high: "#a8262b",
};
export const SEVERITY_TINTS: Readonly<Record<Severity, string>> = {
  low: "#fcf3c5",
  medium: "#ffe0a3",
  high: "#ffcdc8",
};
export const LEVEL_COLOURS: Readonly<Record<Level, string>> = {
  BAJO: "#1c6a50",
  MEDIO: "#875400",
  ALTO: "#a8262b",
};

/** Sizes in points. */
export const SIZES = { title: 18, section: 13, group: 10.5, body: 9, small: 7.8, figure: 30 } as const;

/** Lines are as much higher than their letters. */
export const LEADING = 1.42;
