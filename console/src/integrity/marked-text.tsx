import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef } from "react";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import type { Finding } from "./finding-list.tsx";
import { segmentsOf } from "./passages.ts";
import { useIntegrityWords } from "./words.ts";

export interface MarkedTextProps {
  readonly caseId: string;
  readonly findings: readonly Finding[];
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
}

/** The text of a case, the places of its findings marked; a mark chooses its finding. */
export function MarkedText({ caseId, findings, chosen, onChoose }: MarkedTextProps) {
  const words = useIntegrityWords();
  const client = useClient();
  const text = useQuery({
    queryKey: ["integrity", "text", caseId],
    queryFn: async () => (await client.call(contract.getCaseText, { case_id: caseId })).texto,
    staleTime: Number.POSITIVE_INFINITY, // a case's text never changes
  });
  return (
    <section aria-label={words.document} className="card">
      <h3>{words.document}</h3>
      <Loaded query={text}>
        {(whole) => <Marked text={whole} findings={findings} chosen={chosen} onChoose={onChoose} />}
      </Loaded>
    </section>
  );
}

interface MarkedProps extends Omit<MarkedTextProps, "caseId"> {
  readonly text: string;
}

function Marked({ text, findings, chosen, onChoose }: MarkedProps) {
  const words = useIntegrityWords();
  const box = useRef<HTMLDivElement>(null);
  const placed = useMemo(
    () => findings.flatMap(({ span }, index) => (span === null ? [] : [{ ...span, index }])),
    [findings],
  );
  const segments = useMemo(() => segmentsOf(text, placed), [text, placed]);
  useEffect(() => {
    if (chosen !== null) box.current?.querySelector("mark.chosen")?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <div className="document-text" ref={box} tabIndex={0} role="region" aria-label={words.document}>
      {segments.map(({ text: part, places }, at) => {
        const key = at.toString();
        const covering = places.map((place) => (placed[place] as (typeof placed)[number]).index);
        const [first] = covering;
        if (first === undefined) return <span key={key}>{part}</span>;
        const isChosen = chosen !== null && covering.includes(chosen);
        const severity = findings[first]?.severity;
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the list of findings does the same from the keyboard
          <mark
            key={key}
            className={`${severity}${isChosen ? " chosen" : ""}`}
            onClick={() => onChoose(first)}
          >
            {part}
          </mark>
        );
      })}
    </div>
  );
}
