import { Field } from "../parts/field.tsx";
import { type MaskKind, shapeFrom } from "./mask-shape.ts";
import { useInspectionWords } from "./words.ts";

export interface MaskFieldsProps {
  readonly kind: MaskKind | null;
  /** The mask as JSON; empty for none. */
  readonly mask: string;
  readonly onKind: (kind: MaskKind | null) => void;
  readonly onMask: (mask: string) => void;
}

/** Which shape to draw, and the mask in figures, for those who write rather than draw. */
export function MaskFields({ kind, mask, onKind, onMask }: MaskFieldsProps) {
  const words = useInspectionWords();
  const shape = shapeFrom(mask);
  return (
    <fieldset className="mask-fields">
      <legend>{words.mask}</legend>
      <div className="actions">
        {(["none", "rect", "circle", "annulus", "polygon"] as const).map((name) => (
          <label key={name}>
            <input
              type="radio"
              name="mask-kind"
              checked={(kind ?? "none") === name}
              onChange={() => {
                onKind(name === "none" ? null : name);
                if (name === "none") onMask("");
              }}
            />{" "}
            {words.shapes[name]}
          </label>
        ))}
      </div>
      {kind === "polygon" && <p>{words.polygonHint}</p>}
      {shape?.kind === "annulus" && (
        <Field label={words.innerRadius}>
          <input
            type="range"
            min={0}
            max={shape.r}
            value={shape.r_inner}
            onChange={(event) => onMask(JSON.stringify({ ...shape, r_inner: Number(event.target.value) }))}
          />
        </Field>
      )}
      <Field label="JSON" hint={words.maskHint}>
        <textarea rows={2} spellCheck={false} value={mask} onChange={(event) => onMask(event.target.value)} />
      </Field>
    </fieldset>
  );
}
