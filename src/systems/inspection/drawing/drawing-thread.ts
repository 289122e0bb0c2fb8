import { Piscina } from "piscina";
import { boundsOfBox, cutPicture, type TurnedBox } from "../../../algorithms/image/cut-picture.ts";
import type { Findings } from "../../../algorithms/image/draw-findings.ts";
import type { Picture } from "../../../algorithms/image/picture.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";
import { entryUrl } from "../../../platform/lifecycle/entry-url.ts";

const IDLE_MS = 60_000;
const MOST_WAITING = 1_024;

/** Draws findings over pictures and cuts turned parts out of them, off the event loop. */
export interface PictureDrawer {
  /** @see drawFindings */
  draw(picture: Picture, findings: Findings): Promise<Picture>;
  /**
   * A part of a picture, upright; boxes that are not turned are rounded to whole pixels.
   * @throws QuatrainError `invalid_crop` (400) for one that reaches beyond the picture or is empty
   */
  cut(picture: Picture, box: TurnedBox): Promise<Picture>;
  close(): Promise<void>;
}

/** The drawer in one thread, which begins with the first picture and ends after an idle minute. */
export function openDrawingThread(): PictureDrawer {
  const pool = new Piscina({
    filename: entryUrl("./drawing-worker", import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
    maxQueue: MOST_WAITING,
  });
  return {
    draw: (picture, findings) => pool.run({ picture, findings }, { name: "draw" }),
    async cut(picture, box) {
      if (box.angle % 360 === 0) return cutPicture(picture, wholePixels(box, picture));
      const bounds = boundsOfBox(box, picture);
      if (bounds === null || Math.round(box.width) < 1 || Math.round(box.height) < 1)
        throw invalidCrop(box, picture);
      // only what the box needs travels to the thread
      const part = cutPicture(picture, bounds);
      const moved = { ...box, left: box.left - bounds.left, top: box.top - bounds.top };
      return pool.run({ picture: part, box: moved }, { name: "cut" });
    },
    close: () => pool.destroy(),
  };
}

function wholePixels(box: TurnedBox, picture: Picture) {
  const [left, top, width, height] = [box.left, box.top, box.width, box.height].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  const fits = left >= 0 && top >= 0 && left + width <= picture.width && top + height <= picture.height;
  if (!fits || width < 1 || height < 1) throw invalidCrop(box, picture);
  return { left, top, width, height };
}

function invalidCrop({ left, top, width, height, angle }: TurnedBox, picture: Picture) {
  const turned = angle % 360 === 0 ? "" : `, turned by ${angle} degrees,`;
  return userError(
    "invalid_crop",
    400,
    `The crop of ${width}x${height} at (${left}, ${top})${turned} does not lie within the picture of ${picture.width}x${picture.height}: move it or make it smaller`,
  );
}
