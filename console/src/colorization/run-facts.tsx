import { useQuery } from "@tanstack/react-query";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useFigures } from "../words/numbers.ts";
import { useColorizationWords } from "./words.ts";

/** What the page's runmeta is asked for here. */
interface Runmeta {
  readonly engine: string;
  readonly engine_fallback?: string;
  readonly seed: number;
  readonly strength: number;
  readonly duration_ms: number;
  readonly palette_drift_de2000?: number;
}

export interface RunFactsProps {
  readonly chapter: string;
  readonly page: number;
  /** The job that made it. */
  readonly of: string;
}

/** Which engine made the page, with what, and how near it is to the chapter's palette. */
export function RunFacts({ chapter, page, of }: RunFactsProps) {
  const words = useColorizationWords();
  const figures = useFigures();
  const client = useClient();
  const runmeta = useQuery({
    queryKey: ["colorization", "runmeta", chapter, page, of],
    queryFn: async () => {
      const bytes = await client.bytes(contract.pageRunmetaPass2, {
        chapter_id: chapter,
        page_num: String(page),
        download: "1",
      });
      return JSON.parse(new TextDecoder().decode(bytes)) as Runmeta;
    },
  });
  return (
    <section className="card" aria-label={words.facts}>
      <h2>{words.facts}</h2>
      <Loaded query={runmeta}>
        {({ engine, engine_fallback, seed, strength, duration_ms, palette_drift_de2000 }) => (
          <dl className="facts">
            <dt>{words.engine}</dt>
            <dd>{engine_fallback === undefined ? engine : words.fallback(engine_fallback, engine)}</dd>
            <dt>{words.seed}</dt>
            <dd>{seed}</dd>
            <dt>{words.strength}</dt>
            <dd>{figures.percent(strength, 0)}</dd>
            <dt>{words.seconds}</dt>
            <dd>{figures.duration(duration_ms / 1_000)}</dd>
            {palette_drift_de2000 !== undefined && (
              <>
                <dt>{words.drift}</dt>
                <dd>{figures.number(palette_drift_de2000, 1)}</dd>
              </>
            )}
          </dl>
        )}
      </Loaded>
    </section>
  );
}
