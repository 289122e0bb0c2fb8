import { type FormEvent, useEffect, useState } from "react";
import * as contract from "../../../src/contracts/inspection/index.ts";
import type { AnswerOf } from "../../../src/contracts/route.ts";
import { useSession } from "../api/session.tsx";
import { DropZone } from "../parts/drop-zone.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { ProgressBar } from "../parts/progress-bar.tsx";
import type { RoiPartProps } from "./manifest.ts";
import { MaskFields } from "./mask-fields.tsx";
import { type MaskKind, shapeFrom } from "./mask-shape.ts";
import { PICTURES } from "./picture-kinds.ts";
import { TryPicture } from "./try-picture.tsx";
import { Verdict } from "./verdict.tsx";
import { useInspectionWords } from "./words.ts";

export type Inference = AnswerOf<typeof contract.infer>;

/** A picture that is not stored: inspected with a mask, its heat and regions shown on it. */
export function TryPart({ place, found }: RoiPartProps) {
  const words = useInspectionWords();
  const { client, session } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [kind, setKind] = useState<MaskKind | null>(null);
  const [mask, setMask] = useState("");
  const [scale, setScale] = useState(found.mm_per_px ?? 0.2);
  const [opacity, setOpacity] = useState(0.6);
  const [chosen, setChosen] = useState<number | null>(null);
  const [answer, setAnswer] = useState<Inference | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const url = useObjectUrl(file);

  const inspect = async (event: FormEvent) => {
    event.preventDefault();
    if (file === null) return;
    setBusy(true);
    setError(null);
    try {
      const given = await client.call(
        contract.infer,
        {
          ...place,
          mm_per_px: String(scale),
          shape: mask.trim() || undefined,
          include_heatmap: "true",
          heatmap_scale: found.calib === null ? "auto" : "threshold",
          allow_uncalibrated: "1",
          operator_id: session?.user?.email,
        },
        { image: [{ filename: file.name, content: file }] },
      );
      setAnswer(given);
      setChosen(null);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form className="try-part" onSubmit={(event) => void inspect(event)}>
      <div className="stack">
        <DropZone
          label={words.dropTry}
          hint={words.pictureKinds}
          accept={PICTURES}
          multiple={false}
          onFiles={([first]) => {
            setFile(first?.file ?? null);
            setAnswer(null);
          }}
        />
        {url !== null && (
          <TryPicture
            url={url}
            kind={kind}
            shape={shapeFrom(mask)}
            answer={answer}
            opacity={opacity}
            chosen={chosen}
            onDraw={(shape) => setMask(JSON.stringify(shape))}
            onChoose={setChosen}
          />
        )}
      </div>
      <div className="stack">
        <MaskFields kind={kind} mask={mask} onKind={setKind} onMask={setMask} />
        {found.mm_per_px === null && (
          <Field label={words.mmPerPx}>
            <input
              type="number"
              min={0}
              step="any"
              value={scale}
              onChange={(event) => setScale(Number(event.target.value))}
            />
          </Field>
        )}
        <button type="submit" className="primary" disabled={file === null || busy}>
          {words.inspect}
        </button>
        {busy && <ProgressBar share={null} label={words.inspect} />}
        {error !== null && <Failure error={error} />}
        {answer !== null && (
          <>
            <Field label={words.opacity}>
              <input
                type="range"
                min={0}
                max={1}
                step={0.05}
                value={opacity}
                onChange={(event) => setOpacity(Number(event.target.value))}
              />
            </Field>
            <Verdict answer={answer} chosen={chosen} onChoose={setChosen} />
          </>
        )}
      </div>
    </form>
  );
}

/** An address for a file in this page, given back when it is not shown any more. */
function useObjectUrl(file: File | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return setUrl(null);
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
