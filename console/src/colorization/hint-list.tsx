import { useEffect, useState } from "react";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { ActionButton } from "../parts/action-button.tsx";
import { Field } from "../parts/field.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import type { ColorizationJob } from "./jobs.ts";
import type { Point } from "./picture-point.ts";
import { useColorizationWords } from "./words.ts";

/** A colour that a place of the page is to have. */
export type Hint = Point;

export interface HintListProps {
  readonly job: ColorizationJob;
  readonly page: number;
  readonly hints: readonly Hint[];
  /** Where the page was clicked last. */
  readonly point: Point | null;
  readonly isBusy: boolean;
  readonly onChange: (hints: readonly Hint[]) => void;
  /** Told the new job's id. */
  readonly onRerun: (jobId: string) => void;
}

/** Places with the colours they are to have, and the page done again with them. */
export function HintList({ job, page, hints, point, isBusy, onChange, onRerun }: HintListProps) {
  const words = useColorizationWords();
  const client = useClient();
  const [colour, setColour] = useState("#c03020");
  const [place, setPlace] = useState({ x: 0, y: 0 });
  useEffect(() => {
    if (point !== null) setPlace({ x: point.x, y: point.y });
  }, [point]);
  const rerun = async () => {
    const { job_id } = await client.call(contract.rerunPage, {
      job_id: job.job_id,
      page_num: String(page),
      hints: hints.map((hint) => ({ page_num: page, ...hint })),
    });
    onRerun(job_id);
  };
  return (
    <section className="card hints" aria-label={words.hints}>
      <h2>{words.hints}</h2>
      <p>{words.hintsHint}</p>
      <div className="hint-fields">
        <Field label={words.hintColour}>
          <input type="color" value={colour} onChange={(event) => setColour(event.target.value)} />
        </Field>
        <Field label={words.hintX}>
          <input
            type="number"
            min={0}
            value={place.x}
            onChange={(event) => setPlace({ ...place, x: Number(event.target.value) })}
          />
        </Field>
        <Field label={words.hintY}>
          <input
            type="number"
            min={0}
            value={place.y}
            onChange={(event) => setPlace({ ...place, y: Number(event.target.value) })}
          />
        </Field>
        <button type="button" onClick={() => onChange([...hints, { ...place, colour }])}>
          {words.addHint}
        </button>
      </div>
      <ol>
        {hints.map((hint, index) => (
          <li key={`${hint.x}-${hint.y}-${index.toString()}`}>
            <span className="swatch" style={{ background: hint.colour }} /> <code>{hint.colour}</code> (
            {hint.x}, {hint.y})
            <button
              type="button"
              className="quiet"
              aria-label={words.removeHint(index + 1)}
              onClick={() => onChange(hints.filter((_, at) => at !== index))}
            >
              ×
            </button>
          </li>
        ))}
      </ol>
      {isBusy && <ProgressBar share={null} label={words.rerunning} />}
      <ActionButton className="primary" onAct={rerun} disabled={isBusy}>
        {words.rerun}
      </ActionButton>
    </section>
  );
}
