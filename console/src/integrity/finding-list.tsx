import type { z } from "zod";
import type * as contract from "../../../src/contracts/integrity/index.ts";
import { Tag, type Tone } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import { useIntegrityWords } from "./words.ts";

export type Finding = z.output<typeof contract.Finding>;

const TONES: Readonly<Record<Finding["severity"], Tone>> = { low: "plain", medium: "warn", high: "bad" };

export interface FindingListProps {
  readonly findings: readonly Finding[];
  /** Index of the one that is shown in the text; null for none. */
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
}

/** Findings with what was measured, how sure it is, and its explanation. */
export function FindingList({ findings, chosen, onChoose }: FindingListProps) {
  const words = useIntegrityWords();
  const figures = useFigures();
  const shownValue = (value: number | string) =>
    typeof value === "number" ? figures.number(value, 3) : value;
  if (findings.length === 0) return <p className="card">{words.noFindings}</p>;
  return (
    <ol className="finding-list">
      {findings.map(({ rule, severity, value, threshold, explanation, source }, index) => (
        <li key={`${rule}-${index.toString()}`} className={index === chosen ? "chosen" : undefined}>
          <button type="button" aria-pressed={index === chosen} onClick={() => onChoose(index)}>
            <span>
              <strong>{words.rules[rule]}</strong>{" "}
              <Tag tone={TONES[severity]}>{words.severities[severity]}</Tag>{" "}
              {source?.same_author && <Tag>{words.sameAuthor}</Tag>}
            </span>
            <span>{explanation}</span>
            <small>
              {threshold === null
                ? shownValue(value)
                : words.valueOf(shownValue(value), shownValue(threshold))}
            </small>
          </button>
        </li>
      ))}
    </ol>
  );
}
