import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { AnswerOf } from "../../../../src/contracts/route.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";
import { DropZone } from "../../parts/drop-zone.tsx";
import { Failure } from "../../parts/failure.tsx";
import { useFigures } from "../../words/numbers.ts";
import { noteRefusal, type TrainingJob } from "../queries.ts";
import { Share } from "../share.tsx";
import { useTrainingWords } from "../words.ts";

type Answer = AnswerOf<typeof contract.testInference>;

const PICTURES = "image/*,.tif,.tiff,.bmp";
const GUESSES = 10;

/** Gives a picture to the trained model and shows what it takes it for. */
export function TryPicture({ job }: { readonly job: TrainingJob }) {
  const words = useTrainingWords();
  const client = useClient();
  const queries = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const ask = async (picture: File) => {
    setFile(picture);
    setAnswer(null);
    setFailure(null);
    try {
      setAnswer(
        await client.call(
          contract.testInference,
          { training_job_id: job.id, top_k: GUESSES },
          { file: [{ filename: picture.name, content: picture }] },
        ),
      );
    } catch (error) {
      noteRefusal(queries, error);
      setFailure(error);
    }
  };
  if (job.last_checkpoint_path === null && job.best_checkpoint_path === null)
    return <p>{words.noModelYet}</p>;
  return (
    <div className="stack">
      <DropZone
        label={words.tryPicture}
        accept={PICTURES}
        multiple={false}
        onFiles={([given]) => given && void ask(given.file)}
      />
      {file !== null && (
        <div className="split">
          <Preview file={file} />
          <div aria-live="polite">
            {failure !== null && <Failure error={failure} onRetry={() => void ask(file)} />}
            {failure === null && answer === null && <p className="loading">{words.looking}</p>}
            {answer !== null && <Guesses answer={answer} />}
          </div>
        </div>
      )}
    </div>
  );
}

function Preview({ file }: { readonly file: File }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <figure className="preview">
      {url !== null && <img src={url} alt={file.name} />}
      <figcaption>{file.name}</figcaption>
    </figure>
  );
}

function Guesses({ answer }: { readonly answer: Answer }) {
  const words = useTrainingWords();
  const figures = useFigures();
  return (
    <>
      <table className="guesses">
        <thead>
          <tr>
            <th>{words.class}</th>
            <th>{words.probability}</th>
          </tr>
        </thead>
        <tbody>
          {answer.predictions.map(({ label, label_id, confidence }) => (
            <tr key={label_id}>
              <td>{label}</td>
              <td>
                <Share share={confidence} text={figures.percent(confidence)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <small>{words.askedModel(answer.epoch, figures.number(answer.inference_time_ms, 0))}</small>
    </>
  );
}
