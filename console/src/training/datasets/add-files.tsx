import { DropZone } from "../../parts/drop-zone.tsx";
import { useTrainingWords } from "../words.ts";
import { DATASET_FILES } from "./dataset-files.ts";
import { UploadState } from "./upload-state.tsx";
import { useUpload } from "./use-upload.ts";

/** More files for a dataset; one with a known path replaces the old one. */
export function AddFiles({ id }: { readonly id: string }) {
  const words = useTrainingWords();
  const { upload, begin, goOn, giveUp } = useUpload(id);
  return (
    <section className="stack">
      <h2>{words.addFiles}</h2>
      <DropZone
        label={words.dropFolder}
        accept={DATASET_FILES}
        folders
        disabled={upload.share !== null}
        hint={words.addHint}
        onFiles={(files) => void begin(files, null)}
      />
      <UploadState upload={upload} onGoOn={() => void goOn()} onGiveUp={giveUp} />
    </section>
  );
}
