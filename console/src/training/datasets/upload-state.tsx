import { ProgressBar } from "../../parts/progress-bar.tsx";
import { useFigures } from "../../words/numbers.ts";
import { useWords } from "../../words/shell.ts";
import { FailedWork } from "../failed-work.tsx";
import { useTrainingWords } from "../words.ts";
import type { Upload } from "./use-upload.ts";

interface UploadStateProps {
  readonly upload: Upload;
  readonly onGoOn: () => void;
  readonly onGiveUp: () => void;
}

/** How far an upload is, or why it stopped and how to go on. */
export function UploadState({ upload, onGoOn, onGiveUp }: UploadStateProps) {
  const words = useTrainingWords();
  const shell = useWords();
  const figures = useFigures();
  const { share, failure, dataset, files } = upload;
  return (
    <div aria-live="polite" className="stack">
      {share !== null && (
        <div>
          <p>
            {share < 1
              ? shell.uploading(figures.percent(share, 0))
              : words.examining(figures.number(files, 0))}
          </p>
          <ProgressBar share={share < 1 ? share : null} label={words.upload} />
          <p>
            <button type="button" onClick={onGiveUp}>
              {shell.cancel}
            </button>
          </p>
        </div>
      )}
      {failure !== null && (
        <>
          <FailedWork error={failure} onRetry={onGoOn} />
          <p>
            {dataset === null
              ? words.nothingArrived
              : words.partArrived(figures.number(dataset.file_count, 0))}
          </p>
        </>
      )}
    </div>
  );
}
