import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import type { z } from "zod";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useClient } from "../api/session.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Page } from "../parts/page.tsx";
import { Tag } from "../parts/tag.tsx";
import { useLanguage } from "../words/language.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { Headline } from "./headline.tsx";
import { instantOf } from "./instants.ts";
import { IntegrityLinks } from "./integrity-links.tsx";
import { MeasuredPart } from "./measured-part.tsx";
import { ReviewPart } from "./review-part.tsx";
import { useIntegrityWords } from "./words.ts";

export type Case = z.output<typeof contract.Case>;

const LOOK_MS = 2_000;

/** The server explains in three languages; where it has not the reader's, in English. */
export function explainedIn(language: string): string {
  return (contract.REPORT_LANGUAGES as readonly string[]).includes(language) ? language : "en";
}

/** One case: the headline with its origin; apart from it what was measured; the text; a person's decision. */
export function CasePage() {
  const { caseId } = useParams({ from: "/console/integrity/cases/$caseId" });
  const words = useIntegrityWords();
  const client = useClient();
  const { language } = useLanguage();
  const explained = explainedIn(language);
  const found = useQuery({
    queryKey: ["integrity", "case", caseId, explained],
    queryFn: async () =>
      (await client.withHeaders({ "accept-language": explained }).call(contract.getCase, { case_id: caseId }))
        .case,
    refetchInterval: ({ state }) => ((state.data?.measured?.pending.length ?? 0) > 0 ? LOOK_MS : false),
  });
  return (
    <Page
      title={found.data?.title || words.untitled}
      actions={<CaseActions caseId={caseId} language={explained} />}
    >
      <IntegrityLinks />
      <Loaded query={found}>
        {(shown) => (
          <div className="case stack">
            <CaseFacts shown={shown} />
            <Headline shown={shown} />
            <MeasuredPart shown={shown} />
            <ReviewPart caseId={shown.case_id} />
          </div>
        )}
      </Loaded>
    </Page>
  );
}

function CaseFacts({ shown }: { readonly shown: Case }) {
  const words = useIntegrityWords();
  const figures = useFigures();
  return (
    <p className="case-facts">
      <strong>{shown.author}</strong>
      <span>{words.roles[shown.role]}</span>
      <span>{words.products[shown.product_type]}</span>
      <span>{figures.time(instantOf(shown.analyzed_at))}</span>
      {shown.file !== null &&
        (shown.file.kept ? (
          <a href={`/api/case/${shown.case_id}/file`} download>
            {shown.file.filename}
          </a>
        ) : (
          <span>{shown.file.filename}</span>
        ))}
      <Tag>{words.states[shown.review_state]}</Tag>
      <code>{shown.case_id}</code>
    </p>
  );
}

function CaseActions({ caseId, language }: { readonly caseId: string; readonly language: string }) {
  const words = useIntegrityWords();
  const shell = useWords();
  const client = useClient();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const report = `/api/case/${caseId}/report?lang=${language}`;
  return (
    <>
      <a className="button" href={report} target="_blank" rel="noreferrer">
        {words.report}
      </a>
      <a className="button" href={`${report}&format=pdf`} download={`${caseId}.pdf`}>
        {words.reportPdf}
      </a>
      <ConfirmButton
        question={words.deleteCase}
        onConfirm={async () => {
          await client.call(contract.deleteCase, { case_id: caseId });
          await navigate({ to: "/console/integrity" });
          await queries.invalidateQueries({ queryKey: ["integrity"] });
        }}
      >
        {shell.delete}
      </ConfirmButton>
    </>
  );
}
