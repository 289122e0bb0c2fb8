import type { Finding, Severity } from "../finding.ts";

/** Hebrew, Arabic and their neighbours, with their forms for presentation and the scripts of the upper planes. */
const RIGHT_TO_LEFT =
  /[\u0590-\u05FF\u0600-\u0605\u0608\u060B\u060D\u061B\u061D-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

/** Controls of direction, and the end of a line, which ends them all. */
const CONTROL_OR_LINE = /[\u202A-\u202E\u2066-\u2069\n\u2029]/gu;
const LETTER_OR_DIGIT = /[\p{L}\p{N}]/u;
const CLOSES_EMBEDDING = "\u202C";
const CLOSES_ISOLATE = "\u2069";

interface Control {
  readonly name: "override" | "embedding" | "isolate";
  readonly severity: Severity;
}

/**
 * Right-to-left override shows letters in another order than they are stored. The others of that direction change the
 * order of digits and punctuation; those of the text's own direction change nothing, and copying leaves them.
 */
const CONTROLS: Readonly<Record<string, Control>> = {
  "\u202E": { name: "override", severity: "high" },
  "\u202D": { name: "override", severity: "medium" },
  "\u202B": { name: "embedding", severity: "medium" },
  "\u202A": { name: "embedding", severity: "low" },
  "\u2067": { name: "isolate", severity: "medium" },
  "\u2066": { name: "isolate", severity: "low" },
  "\u2068": { name: "isolate", severity: "low" },
};

/** Whether anything in the text is written from right to left. O(length). */
export function hasRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** A control and the stretch that it governs. */
export interface Governed {
  readonly start: number;
  readonly end: number;
  readonly control: string;
}

/**
 * Controls of direction in the order of the text, each with the stretch that it governs: up to what closes it or the
 * end of the line. O(n log n) in the controls.
 */
export function findBidiControls(text: string): Governed[] {
  const found: Governed[] = [];
  const open: { readonly start: number; readonly control: string }[] = [];
  const close = (end: number) => {
    const opener = open.pop();
    if (opener !== undefined) found.push({ ...opener, end });
  };
  for (const { 0: control, index } of text.matchAll(CONTROL_OR_LINE)) {
    if (CONTROLS[control] !== undefined) open.push({ start: index, control });
    else if (control === CLOSES_EMBEDDING || control === CLOSES_ISOLATE) close(index + 1);
    else while (open.length > 0) close(index);
  }
  while (open.length > 0) close(text.length);
  return found.sort((a, b) => a.start - b.start);
}

/** Longest stretch that is looked into for something to turn round, in UTF-16 units. */
const LONGEST_LOOK = 1_000;

/** What a control does, for a text without anything to be written from right to left. */
export function describeBidi(text: string, { start, end, control }: Governed): Finding<"characters.bidi"> {
  const { name, severity } = CONTROLS[control] ?? { name: "embedding", severity: "low" };
  const governs = LETTER_OR_DIGIT.test(text.slice(start, Math.min(end, start + LONGEST_LOOK)));
  const code = `U+${control.charCodeAt(0).toString(16).toUpperCase()}`;
  return {
    rule: "characters.bidi",
    severity: severity === "high" && !governs ? "medium" : severity,
    value: code,
    threshold: null,
    span: { start, end },
    facts: { control: name, character: code, governed: end - start },
  };
}
