import type { Picture } from "../../../algorithms/image/picture.ts";
import type { JudgedQuality, QualityFault } from "../../../algorithms/image/quality/judge-quality.ts";
import type { QualityMeasures } from "../../../algorithms/image/quality/measure-quality.ts";
import type { QualityReference } from "../../../algorithms/image/quality/quality-reference.ts";

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** What is wrong with a picture, with its number and the limit. */
export function faultInWords(
  fault: QualityFault,
  measured: QualityMeasures,
  judged: JudgedQuality,
  { brightness, mostDark, mostBright, alignment }: QualityReference,
  { width, height }: Pick<Picture, "width" | "height">,
): string {
  const light = `mean brightness ${measured.brightness.toFixed(0)}, good pictures ${brightness.least.toFixed(0)} to ${brightness.most.toFixed(0)}`;
  const { dx, dy, response } = judged.alignment ?? { dx: 0, dy: 0, response: 0 };
  switch (fault) {
    case "blurred":
      return `blurred: ${percent(judged.relativeSharpness)} as sharp as good pictures, at least ${percent(judged.leastRelativeSharpness)}`;
    case "dark":
      return measured.brightness < brightness.least
        ? `too dark: ${light}`
        : `too dark: ${percent(measured.darkShare)} of it is black, at most ${percent(mostDark)}`;
    case "bright":
      return measured.brightness > brightness.most
        ? `too bright: ${light}`
        : `overexposed: ${percent(measured.brightShare)} of it is white, at most ${percent(mostBright)}`;
    case "shifted": {
      const most = alignment?.mostOffset ?? 0;
      const across = `${Math.abs(dx * width).toFixed(0)} px to the ${dx < 0 ? "left" : "right"}`;
      const down = `${Math.abs(dy * height).toFixed(0)} px ${dy < 0 ? "up" : "down"}`;
      return `moved: ${across} and ${down}, at most ${(most * width).toFixed(0)} and ${(most * height).toFixed(0)} px`;
    }
    case "unlike":
      return `unlike the good pictures as a whole (match ${response.toFixed(2)}, at least ${(alignment?.leastResponse ?? 0).toFixed(2)}): is it the right part, the right way up?`;
  }
}
