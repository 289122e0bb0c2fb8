import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useSession } from "../api/session.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { DropZone, type GivenFile } from "../parts/drop-zone.tsx";
import { Failure, messageOf } from "../parts/failure.tsx";
import { Page } from "../parts/page.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { useToast } from "../parts/toasts.tsx";
import { VirtualTable } from "../parts/virtual-table.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { DOCUMENTS } from "./document-kinds.ts";
import { instantOf } from "./instants.ts";
import { IntegrityLinks } from "./integrity-links.tsx";
import { useIntegrityWords } from "./words.ts";

const PAGE_SIZE = 200;
const KEY = ["integrity", "sources"];

/** Texts to compare with, and templates that are left out. */
export function SourcesPage() {
  const words = useIntegrityWords();
  const shell = useWords();
  const figures = useFigures();
  const { client } = useSession();
  const queries = useQueryClient();
  const sources = useInfiniteQuery({
    queryKey: KEY,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) => client.call(contract.listSources, { limit: PAGE_SIZE, cursor }),
    getNextPageParam: ({ next_cursor }) => next_cursor ?? undefined,
  });
  return (
    <Page title={words.sources}>
      <IntegrityLinks />
      <AddSources />
      {sources.error !== null && <Failure error={sources.error} onRetry={() => void sources.refetch()} />}
      {sources.data !== undefined && (
        <VirtualTable
          label={words.sources}
          rows={sources.data.pages.flatMap((page) => page.sources)}
          keyOf={({ id }) => id}
          onEnd={() => sources.hasNextPage && !sources.isFetching && void sources.fetchNextPage()}
          columns={[
            {
              title: words.title,
              width: "minmax(10rem, 3fr)",
              cell: ({ titulo }) => titulo ?? words.untitled,
            },
            { title: words.author, width: "minmax(6rem, 2fr)", cell: ({ autor }) => autor },
            { title: words.sourceKind, width: "7rem", cell: ({ tipo }) => words.sourceKinds[tipo] },
            {
              title: words.length,
              width: "8rem",
              numeric: true,
              cell: ({ text_length }) => figures.number(text_length, 0),
            },
            { title: words.added, width: "14rem", cell: (row) => figures.time(instantOf(row.created_at)) },
            {
              title: shell.delete,
              width: "8rem",
              cell: ({ id, titulo }) => (
                <ConfirmButton
                  question={words.deleteSource(titulo ?? id)}
                  onConfirm={async () => {
                    await client.call(contract.deleteSource, { source_id: id });
                    await queries.invalidateQueries({ queryKey: KEY });
                  }}
                >
                  {shell.delete}
                </ConfirmButton>
              ),
            },
          ]}
        />
      )}
    </Page>
  );
}

function AddSources() {
  const words = useIntegrityWords();
  const shell = useWords();
  const figures = useFigures();
  const toast = useToast();
  const { uploading } = useSession();
  const queries = useQueryClient();
  const [isTemplate, setIsTemplate] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const add = async (given: readonly GivenFile[]) => {
    setSent(0);
    try {
      const { sources, failed } = await uploading(setSent).call(
        contract.addSources,
        { tipo: isTemplate ? "plantilla" : "fuente" },
        { file: given.map(({ file }) => ({ filename: file.name, content: file })) },
      );
      if (sources.length > 0) toast("good", words.addedSources(sources.length));
      for (const { filename, error } of failed) toast("bad", `${filename}: ${error}`);
      await queries.invalidateQueries({ queryKey: KEY });
    } catch (error) {
      toast("bad", messageOf(error));
    } finally {
      setSent(null);
    }
  };
  return (
    <div className="stack add-sources">
      <DropZone
        label={words.addSources}
        hint={words.fileHint}
        accept={DOCUMENTS}
        disabled={sent !== null}
        onFiles={(files) => void add(files)}
      />
      <label>
        <input
          type="checkbox"
          checked={isTemplate}
          onChange={(event) => setIsTemplate(event.target.checked)}
        />{" "}
        {words.template}
      </label>
      {sent !== null && (
        <ProgressBar share={sent < 1 ? sent : null} label={shell.uploading(figures.percent(sent, 0))} />
      )}
    </div>
  );
}
