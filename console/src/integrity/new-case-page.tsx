import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useSession } from "../api/session.tsx";
import { DropZone, type GivenFile } from "../parts/drop-zone.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Page } from "../parts/page.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { DOCUMENTS } from "./document-kinds.ts";
import { IntegrityLinks } from "./integrity-links.tsx";
import { ObservationFields } from "./observation-fields.tsx";
import { useIntegrityWords } from "./words.ts";

/** A text or a file with the seven observations. Whatever goes wrong, what was typed stays. */
export function NewCasePage() {
  const words = useIntegrityWords();
  const shell = useWords();
  const figures = useFigures();
  const { client, uploading } = useSession();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [how, setHow] = useState("text");
  const [given, setGiven] = useState<GivenFile | null>(null);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? "");
    const evidence = Object.fromEntries(
      contract.EVIDENCES.map((name) => [name, form.get(name) === null ? 0 : 1]),
    );
    const metadata = {
      rol: field("rol"),
      tipo_producto: field("tipo_producto"),
      ...(field("titulo") === "" ? {} : { titulo: field("titulo") }),
      ...(field("autor") === "" ? {} : { autor: field("autor") }),
    };
    setError(null);
    setSent(0);
    try {
      const answer =
        how === "text"
          ? await client.call(contract.analyze, { texto: field("texto"), metadata, evidencias: evidence })
          : await uploading(setSent).call(
              contract.analyzeFile,
              { metadata: JSON.stringify(metadata), evidencias: JSON.stringify(evidence) },
              { file: given === null ? [] : [{ filename: given.file.name, content: given.file }] },
            );
      await queries.invalidateQueries({ queryKey: ["integrity"] });
      await navigate({ to: "/console/integrity/cases/$caseId", params: { caseId: answer.case_id } });
    } catch (thrown) {
      setError(thrown);
    } finally {
      setSent(null);
    }
  };

  return (
    <Page title={words.newCase}>
      <IntegrityLinks />
      <form className="new-case card" onSubmit={(event) => void submit(event)}>
        <Tabs
          label={words.document}
          value={how}
          onChange={setHow}
          keep
          tabs={[
            {
              id: "text",
              title: words.asText,
              content: (
                <Field label={words.text} hint={words.textHint}>
                  <textarea
                    name="texto"
                    rows={10}
                    required={how === "text"}
                    minLength={how === "text" ? 50 : undefined}
                  />
                </Field>
              ),
            },
            {
              id: "file",
              title: words.asFile,
              content: (
                <>
                  <DropZone
                    label={words.file}
                    hint={words.fileHint}
                    accept={DOCUMENTS}
                    multiple={false}
                    onFiles={([first]) => setGiven(first ?? null)}
                  />
                  {given !== null && (
                    <p>
                      {given.file.name} <small>{figures.bytes(given.file.size)}</small>
                    </p>
                  )}
                </>
              ),
            },
          ]}
        />
        <ObservationFields />
        {error !== null && <Failure error={error} />}
        {sent !== null && how === "file" && (
          <ProgressBar share={sent < 1 ? sent : null} label={shell.uploading(figures.percent(sent, 0))} />
        )}
        <button
          type="submit"
          className="primary"
          disabled={sent !== null || (how === "file" && given === null)}
        >
          {words.submit}
        </button>
      </form>
    </Page>
  );
}
