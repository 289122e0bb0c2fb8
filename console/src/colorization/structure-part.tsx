import { useQuery } from "@tanstack/react-query";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Tag, type Tone } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import type { RunFactsProps } from "./run-facts.tsx";
import { useColorizationWords } from "./words.ts";

type Verdict = "acceptable" | "micro_inpaint" | "critical_inpaint";

interface Structure {
  readonly panels: readonly {
    readonly panel_index: number;
    readonly affected_ratio_pct: number;
    readonly verdict: Verdict;
  }[];
}

const TONES: Readonly<Record<Verdict, Tone>> = {
  acceptable: "good",
  micro_inpaint: "warn",
  critical_inpaint: "bad",
};

/** The structure check: lines that the colouring lost or added, panel by panel. */
export function StructurePart({ chapter, page, of }: RunFactsProps) {
  const words = useColorizationWords();
  const figures = useFigures();
  const client = useClient();
  const structure = useQuery({
    queryKey: ["colorization", "structure", chapter, page, of],
    queryFn: async () => {
      const bytes = await client.bytes(contract.pageStructure, {
        chapter_id: chapter,
        page_num: String(page),
        download: "1",
      });
      return JSON.parse(new TextDecoder().decode(bytes)) as Structure;
    },
  });
  const overlay = `/v1/chapters/${encodeURIComponent(chapter)}/pages/${page}/structure/overlay?download=1&of=${of}`;
  return (
    <Loaded query={structure}>
      {({ panels }) => (
        <div className="stack">
          <img className="whole-page" src={overlay} alt={words.views.structure} />
          <h2>{words.structure}</h2>
          <ul className="plain-list">
            {panels.map(({ panel_index, affected_ratio_pct, verdict }) => (
              <li key={panel_index}>
                {words.panel(panel_index + 1)}: {figures.percent(affected_ratio_pct / 100)}{" "}
                <Tag tone={TONES[verdict]}>{words.verdicts[verdict]}</Tag>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Loaded>
  );
}
