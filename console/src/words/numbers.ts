import { useMemo } from "react";
import { useLanguage } from "./language.tsx";

/** Figures and times in the reader's language. */
export interface Figures {
  /** At most so many decimals, 2 by default. */
  number(value: number, decimals?: number): string;
  /** 0..1 as per cent, one decimal by default. */
  percent(share: number, decimals?: number): string;
  /** Date and time of an ISO text or of milliseconds since 1970. */
  time(at: string | number): string;
  /** Seconds as the two greatest units. */
  duration(seconds: number): string;
  bytes(count: number): string;
}

export function useFigures(): Figures {
  const { language } = useLanguage();
  return useMemo(() => figuresIn(language), [language]);
}

/** The same outside of React. */
export function figuresIn(language: string): Figures {
  const number = (value: number, decimals = 2) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(value);
  const unit = (value: number, name: string, decimals = 0) =>
    new Intl.NumberFormat(language, {
      style: "unit",
      unit: name,
      unitDisplay: "short",
      maximumFractionDigits: decimals,
    }).format(value);
  return {
    number,
    percent: (share, decimals = 1) =>
      new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: decimals }).format(share),
    time: (at) =>
      new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(at)),
    duration: (seconds) => {
      if (seconds < 10) return unit(seconds, "second", 1);
      if (seconds < 60) return unit(seconds, "second");
      if (seconds < 3_600)
        return `${unit(Math.floor(seconds / 60), "minute")} ${unit(seconds % 60, "second")}`;
      return `${unit(Math.floor(seconds / 3_600), "hour")} ${unit(Math.floor(seconds / 60) % 60, "minute")}`;
    },
    bytes: (count) => {
      const names = ["byte", "kilobyte", "megabyte", "gigabyte"];
      const step = Math.min(names.length - 1, Math.floor(Math.log10(Math.max(1, count)) / 3));
      return unit(count / 1_000 ** step, names[step] as string, step === 0 ? 0 : 1);
    },
  };
}
