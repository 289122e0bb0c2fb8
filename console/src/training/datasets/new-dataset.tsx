import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { DropZone, type GivenFile } from "../../parts/drop-zone.tsx";
import { Field } from "../../parts/field.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useTrainingWords } from "../words.ts";
import { DATASET_FILES, nameFrom, totalBytes } from "./dataset-files.ts";
import { UploadState } from "./upload-state.tsx";
import { type DatasetWish, useUpload } from "./use-upload.ts";

const FORMATS = ["auto", "imagefolder", "dice", "coco", "yolo", "voc"] as const;

/** A form that makes a dataset of a folder, of pictures or of an archive. */
export function NewDataset() {
  const words = useTrainingWords();
  const figures = useFigures();
  const navigate = useNavigate();
  const { upload, begin, goOn, giveUp } = useUpload(null);
  const [files, setFiles] = useState<readonly GivenFile[]>([]);
  const [wish, setWish] = useState<DatasetWish>({
    name: "",
    description: "",
    format: "auto",
    visibility: "private",
  });
  const change = (part: Partial<DatasetWish>) => setWish((before) => ({ ...before, ...part }));
  const take = (given: readonly GivenFile[]) => {
    setFiles(given);
    if (wish.name === "") change({ name: nameFrom(given) });
  };
  const finish = async (work: ReturnType<typeof goOn>) => {
    const made = await work;
    if (made !== null)
      await navigate({ to: "/console/training/datasets/$datasetId", params: { datasetId: made.id } });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void finish(begin(files, wish));
  };
  const busy = upload.share !== null;
  return (
    <form className="card stack" onSubmit={submit}>
      <h2>{words.newDataset}</h2>
      <div className="split">
        <DropZone
          label={words.dropFolder}
          accept={DATASET_FILES}
          folders
          disabled={busy}
          hint={words.folderHint}
          onFiles={take}
        />
        <DropZone label={words.dropArchive} accept={DATASET_FILES} disabled={busy} onFiles={take} />
      </div>
      {files.length > 0 && (
        <p role="status">
          {words.filesChosen(figures.number(files.length, 0), figures.bytes(totalBytes(files)))}
        </p>
      )}
      <div className="form-grid">
        <Field label={words.name}>
          <input
            value={wish.name}
            maxLength={200}
            required
            onChange={(event) => change({ name: event.target.value })}
          />
        </Field>
        <Field label={words.description}>
          <input value={wish.description} onChange={(event) => change({ description: event.target.value })} />
        </Field>
        <Field label={words.format}>
          <select
            value={wish.format}
            onChange={(event) => change({ format: event.target.value as DatasetWish["format"] })}
          >
            {FORMATS.map((format) => (
              <option key={format} value={format}>
                {words.formats[format]}
              </option>
            ))}
          </select>
        </Field>
        <Field label={words.visibility}>
          <select
            value={wish.visibility}
            onChange={(event) => change({ visibility: event.target.value as DatasetWish["visibility"] })}
          >
            <option value="private">{words.visibilities.private}</option>
            <option value="public">{words.visibilities.public}</option>
          </select>
        </Field>
      </div>
      <UploadState upload={upload} onGoOn={() => void finish(goOn())} onGiveUp={giveUp} />
      <p>
        <button type="submit" className="primary" disabled={busy || files.length === 0}>
          {words.makeDataset}
        </button>
      </p>
    </form>
  );
}
