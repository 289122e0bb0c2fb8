import type { ReactNode } from "react";

export type Tone = "good" | "warn" | "bad" | "plain";

/** A small label; its colour never says what its text does not. */
export function Tag({ tone = "plain", children }: { readonly tone?: Tone; readonly children: ReactNode }) {
  return <span className={`tag ${tone}`}>{children}</span>;
}
