import { Tag } from "../parts/tag.tsx";
import { useFigures } from "../words/numbers.ts";
import type { Manifest } from "./manifest.ts";
import { useInspectionWords } from "./words.ts";

/** Recipe, memory, threshold and scale in one line. */
export function RoiFacts({ found }: { readonly found: Manifest }) {
  const words = useInspectionWords();
  const figures = useFigures();
  const { model_version, backbone, calib, mm_per_px, recipe_id, model_key } = found;
  return (
    <p className="roi-facts">
      <span>
        {words.recipe}: <strong>{recipe_id}</strong>
      </span>
      <span>
        {words.model}: <strong>{model_key}</strong>
      </span>
      <span>
        {words.memory}:{" "}
        {model_version === null ? (
          <Tag tone="warn">{words.noMemory}</Tag>
        ) : (
          <Tag tone="good">
            {words.version(model_version)}, {backbone}
          </Tag>
        )}
      </span>
      <span>
        {words.threshold}:{" "}
        {calib === null ? (
          <Tag tone="warn">{words.notCalibrated}</Tag>
        ) : (
          <Tag tone="good">{figures.number(calib.threshold, 4)}</Tag>
        )}
      </span>
      {mm_per_px !== null && (
        <span>
          {words.mmPerPx}: {figures.number(mm_per_px, 6)} <small>{words.mmLocked}</small>
        </span>
      )}
    </p>
  );
}
