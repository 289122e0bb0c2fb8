import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ClientError } from "../../../src/client/index.ts";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useClient } from "../api/session.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useFigures } from "../words/numbers.ts";
import type { Finding } from "./finding-list.tsx";
import { excerptOf } from "./passages.ts";
import { useIntegrityWords } from "./words.ts";

const AROUND = 400;

/** The other side of a similar passage: where it stands in the document that shares it. */
export function OtherText({ finding }: { readonly finding: Finding | null }) {
  const words = useIntegrityWords();
  return (
    <section aria-label={words.whereFrom} className="card">
      <h3>{words.whereFrom}</h3>
      {finding?.source === undefined ? <p>{words.chooseFinding}</p> : <Source source={finding.source} />}
    </section>
  );
}

function Source({ source }: { readonly source: NonNullable<Finding["source"]> }) {
  const words = useIntegrityWords();
  const figures = useFigures();
  const client = useClient();
  const text = useQuery({
    queryKey: ["integrity", source.kind, source.id],
    queryFn: async () => {
      try {
        if (source.kind === "case")
          return (await client.call(contract.getCaseText, { case_id: source.id })).texto;
        return (await client.call(contract.getSource, { source_id: source.id })).source.texto;
      } catch (error) {
        if (error instanceof ClientError && error.status === 404) return null;
        throw error;
      }
    },
  });
  return (
    <>
      <p>
        <strong>{source.title ?? words.untitled}</strong> · {figures.percent(source.similarity)}{" "}
        {source.kind === "case" && (
          <Link to="/console/integrity/cases/$caseId" params={{ caseId: source.id }}>
            {words.openCase}
          </Link>
        )}
      </p>
      <Loaded query={text}>
        {(whole) => {
          if (whole === null) return <p>{words.sourceGone}</p>;
          const { before, at, after } = excerptOf(whole, source.span, AROUND);
          return (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
            <div className="document-text" tabIndex={0} role="region" aria-label={words.whereFrom}>
              {before}
              <mark className="chosen">{at}</mark>
              {after}
            </div>
          );
        }}
      </Loaded>
    </>
  );
}
