import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import * as contract from "../../../src/contracts/colorization/index.ts";
import { useSession } from "../api/session.tsx";
import { DropZone, type GivenFile } from "../parts/drop-zone.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Page } from "../parts/page.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { chapterNameOf, orderOf } from "./order.ts";
import { PAGES, PICTURES } from "./picture-kinds.ts";
import { useColorizationWords } from "./words.ts";
import "./colorization.css";

/** Pages, references and settings. Whatever goes wrong on the way, all of it is still here. */
export function NewJobPage() {
  const words = useColorizationWords();
  const shell = useWords();
  const figures = useFigures();
  const { client, uploading } = useSession();
  const navigate = useNavigate();
  const [pages, setPages] = useState<readonly GivenFile[]>([]);
  const [references, setReferences] = useState<readonly GivenFile[]>([]);
  const [chapter, setChapter] = useState("");
  const [strength, setStrength] = useState(1);
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);

  const upload = (files: readonly GivenFile[], onProgress: (share: number) => void) =>
    uploading(onProgress).call(
      contract.uploadPages,
      {},
      { file: files.map(({ file, path }) => ({ filename: path, content: file })) },
    );
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setError(null);
    setSent(0);
    try {
      const styles = await upload(references, () => undefined);
      const upstream = await upload(pages, setSent);
      const order = orderOf(form, {
        chapter: chapter || chapterNameOf(pages),
        pages: upstream.id,
        references: styles.files.map(({ id }) => id),
        strength,
      });
      const { job_id } = await client.call(contract.twoPassJob, order);
      await navigate({ to: "/console/colorization/jobs/$jobId", params: { jobId: job_id } });
    } catch (thrown) {
      setError(thrown);
      setSent(null);
    }
  };

  return (
    <Page title={words.newJob}>
      <form className="new-job card" onSubmit={(event) => void submit(event)}>
        <div className="split">
          <div className="stack">
            <DropZone label={words.dropPages} hint={words.pagesHint} accept={PAGES} onFiles={setPages} />
            <Chosen files={pages} />
          </div>
          <div className="stack">
            <DropZone
              label={words.references}
              hint={words.referencesHint}
              accept={PICTURES}
              onFiles={setReferences}
            />
            <Chosen files={references} />
          </div>
        </div>
        <div className="split">
          <Field label={words.chapter} hint={words.chapterHint}>
            <input
              value={chapter}
              placeholder={chapterNameOf(pages)}
              maxLength={200}
              onChange={(event) => setChapter(event.target.value)}
            />
          </Field>
          <Field label={words.engine} hint={words.enginesHint}>
            <select name="engine">
              <option value="embedded">{words.engines.embedded}</option>
              <option value="flux">{words.engines.flux}</option>
            </select>
          </Field>
          <Field label={`${words.strength}: ${figures.percent(strength, 0)}`}>
            <input
              type="range"
              min={0}
              max={1}
              step={0.05}
              value={strength}
              onChange={(event) => setStrength(Number(event.target.value))}
            />
          </Field>
          <Field label={words.seed} hint={words.seedHint}>
            <input name="seed" type="number" min={0} max={2 ** 31 - 1} step={1} />
          </Field>
        </div>
        <p>
          <label>
            <input type="checkbox" name="skip" defaultChecked /> {words.skipColoured}
          </label>
        </p>
        {error !== null && (
          <>
            <Failure error={error} />
            <p>{words.uploadsGone}</p>
          </>
        )}
        {sent !== null && (
          <ProgressBar share={sent < 1 ? sent : null} label={shell.uploading(figures.percent(sent, 0))} />
        )}
        <button
          type="submit"
          className="primary"
          disabled={sent !== null || pages.length === 0 || references.length === 0}
        >
          {words.start}
        </button>
      </form>
    </Page>
  );
}

function Chosen({ files }: { readonly files: readonly GivenFile[] }) {
  const figures = useFigures();
  const bytes = files.reduce((sum, { file }) => sum + file.size, 0);
  if (files.length === 0) return null;
  return (
    <p className="chosen-files">
      {files
        .slice(0, 5)
        .map(({ path }) => path)
        .join(", ")}
      {files.length > 5 && ` … (${figures.number(files.length, 0)})`} <small>{figures.bytes(bytes)}</small>
    </p>
  );
}
