import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "../api/session.tsx";
import { DropZone, type GivenFile } from "../parts/drop-zone.tsx";
import { Failure } from "../parts/failure.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import { useToast } from "../parts/toasts.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";
import { Gallery } from "./gallery.tsx";
import type { RoiPartProps } from "./manifest.ts";
import { PICTURES } from "./picture-kinds.ts";
import { type Uploaded, uploadPictures } from "./upload-pictures.ts";
import { useInspectionWords } from "./words.ts";

/** Pictures of good and bad parts: dropped in, looked at, thrown out. */
export function DatasetPart(props: RoiPartProps) {
  return (
    <div className="stack">
      <div className="split">
        <Drop {...props} label="ok" />
        <Drop {...props} label="ng" />
      </div>
      <Gallery {...props} />
    </div>
  );
}

function Drop({ place, label }: RoiPartProps & { readonly label: "ok" | "ng" }) {
  const words = useInspectionWords();
  const shell = useWords();
  const figures = useFigures();
  const client = useClient();
  const queries = useQueryClient();
  const toast = useToast();
  const [sent, setSent] = useState<number | null>(null);
  const [refused, setRefused] = useState<Uploaded["refused"]>([]);
  const [failed, setFailed] = useState<{ error: unknown; files: readonly GivenFile[] } | null>(null);
  const add = async (files: readonly GivenFile[]) => {
    setSent(0);
    setFailed(null);
    setRefused([]);
    try {
      const result = await uploadPictures(client, place, label, files, setSent);
      if (result.saved > 0) toast("good", words.saved(result.saved));
      setRefused(result.refused);
    } catch (error) {
      setFailed({ error, files });
    } finally {
      setSent(null);
      await queries.invalidateQueries({ queryKey: ["inspection"] });
    }
  };
  return (
    <div className="stack">
      <DropZone
        label={label === "ok" ? words.dropOk : words.dropNg}
        hint={words.pictureKinds}
        accept={PICTURES}
        disabled={sent !== null}
        onFiles={(files) => void add(files)}
      />
      {sent !== null && <ProgressBar share={sent} label={shell.uploading(figures.percent(sent, 0))} />}
      {failed !== null && <Failure error={failed.error} onRetry={() => void add(failed.files)} />}
      {refused.length > 0 && (
        <div role="alert">
          <p>{words.refused(refused.length)}</p>
          <ul className="plain-list">
            {refused.map(({ path, why }) => (
              <li key={path}>
                <strong>{path}</strong>: {why}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}
