import type { ReportLanguage } from "../../accepted-language.ts";

import { clip } from "./cut-text.ts";

/** Numbers and instants as they are written in one language. */
export interface NumberFormats {
  readonly whole: (value: number) => string;
  /** With exactly so many decimals. */
  readonly decimal: (value: number, decimals: number) => string;
  /** With as many decimals as it has: three at most, more where a small figure would otherwise vanish. */
  readonly plain: (value: number) => string;
  /** Of a share, 0..1, with one decimal. */
  readonly percent: (share: number) => string;
  /** Day and time in UTC: from milliseconds, or as the contract writes instants. */
  readonly instant: (at: number | string) => string;
}

const made = new Map<ReportLanguage, NumberFormats>();

export function formatsOf(language: ReportLanguage): NumberFormats {
  const known = made.get(language);
  if (known !== undefined) return known;
  const formats = makeFormats(language);
  made.set(language, formats);
  return formats;
}

/** English as the rest of the report has it: the day before the month. */
const LOCALES: Readonly<Record<ReportLanguage, string>> = { es: "es", en: "en-GB", pt: "pt" };

function makeFormats(spoken: ReportLanguage): NumberFormats {
  const language = LOCALES[spoken];
  const decimals = [0, 1, 2, 3].map(
    (digits) =>
      new Intl.NumberFormat(language, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  const plain = new Intl.NumberFormat(language, {
    maximumFractionDigits: 3,
    maximumSignificantDigits: 3,
    roundingPriority: "morePrecision",
  });
  const percent = new Intl.NumberFormat(language, {
    style: "percent",
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
  });
  const instant = new Intl.DateTimeFormat(language, {
    dateStyle: "long",
    timeStyle: "short",
    hourCycle: "h23",
    timeZone: "UTC",
  });
  return {
    whole: (value) => plain.format(Math.round(value)),
    decimal: (value, digits) => (decimals[digits] ?? plain).format(value),
    plain: (value) => plain.format(value),
    percent: (share) => percent.format(share),
    instant: (at) => formatInstant(instant, at),
  };
}

/** Of what is no instant, and is shown as it stands. */
const LONGEST_INSTANT = 40;

function formatInstant(format: Intl.DateTimeFormat, at: number | string): string {
  const ms = typeof at === "number" ? at : Date.parse(at.endsWith("Z") ? at : `${at}Z`);
  return Number.isFinite(ms) ? `${format.format(ms)} UTC` : clip(String(at), LONGEST_INSTANT);
}
