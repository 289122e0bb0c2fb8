/** Entry of the thread that draws and cuts pictures: pure functions, one at a time. It may be ended at any instant. */
import { cutTurned, type TurnedBox } from "../../../algorithms/image/cut-picture.ts";
import { drawFindings, type Findings } from "../../../algorithms/image/draw-findings.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";

export function draw({ picture, findings }: { picture: Picture; findings: Findings }): Picture {
  return drawFindings(picture, findings);
}

export function cut({ picture, box }: { picture: Picture; box: TurnedBox }): Picture {
  return cutTurned(picture, box);
}
