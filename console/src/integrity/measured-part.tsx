import { useState } from "react";
import type { Case } from "./case-page.tsx";
import { CoverageList } from "./coverage-list.tsx";
import { Exclusions } from "./exclusions.tsx";
import { FindingList } from "./finding-list.tsx";
import { LevelTag } from "./level-tag.tsx";
import { MarkedText } from "./marked-text.tsx";
import { OtherText } from "./other-text.tsx";
import { SimilarList } from "./similar-list.tsx";
import { useIntegrityWords } from "./words.ts";

/** What was measured, clearly apart from the score: findings, the text with their places, sources beside it. */
export function MeasuredPart({ shown }: { readonly shown: Case }) {
  const words = useIntegrityWords();
  const [chosen, setChosen] = useState<number | null>(null);
  const { measured } = shown;
  if (measured === null) return <p className="card">{words.notMeasured}</p>;
  const finding = chosen === null ? null : (measured.findings[chosen] ?? null);
  return (
    <section className="measured stack" aria-labelledby="measured">
      <h2 id="measured">{words.measured}</h2>
      <p>{words.measuredNote}</p>
      <p>
        {words.combined}: <strong>{measured.combined_score}</strong>{" "}
        <LevelTag level={measured.combined_level} />
      </p>
      {measured.pending.length > 0 && <p role="status">{words.pending(measured.pending.join(", "))}</p>}
      <div className="split">
        <FindingList findings={measured.findings} chosen={chosen} onChoose={setChosen} />
        <div className="stack">
          <Exclusions caseId={shown.case_id} exclusions={measured.exclusions} />
          <SimilarList measured={measured} />
          <CoverageList coverage={measured.coverage} />
        </div>
      </div>
      <div className="side-by-side">
        {shown.text_kept ? (
          <MarkedText
            caseId={shown.case_id}
            findings={measured.findings}
            chosen={chosen}
            onChoose={setChosen}
          />
        ) : (
          <p className="card">{words.textGone}</p>
        )}
        <OtherText finding={finding} />
      </div>
    </section>
  );
}
