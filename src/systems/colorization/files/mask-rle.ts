import type { Mask } from "../../../algorithms/image/picture.ts";
import { userError } from "../../../platform/errors/quatrain-error.ts";

const MAX_PIXELS = 2 ** 27;
const FIRST_CHARACTER = 48;
const MORE = 0x20;
const SIGN = 0x10;

/**
 * A mask in the compressed run lengths of COCO (`counts` as a string, columns first, a run of zeros first), which
 * pycocotools reads with `{"size": mask_shape, "counts": text}`. O(pixels).
 * Source: cocodataset/cocoapi, `common/maskApi.c`, `rleEncode` and `rleToString`.
 */
export function encodeRle(mask: Mask): string {
  const runs = runsOf(mask);
  let text = "";
  for (const [at, run] of runs.entries()) text += encodedRun(at > 2 ? run - (runs[at - 2] ?? 0) : run);
  return text;
}

/**
 * What `encodeRle` wrote. O(pixels + text).
 * @param shape height, width
 * @throws QuatrainError `invalid_metadata` (400) where the text is damaged or of another size, or the mask too large
 */
export function decodeRle(text: string, [height, width]: readonly [number, number]): Mask {
  const pixels = height * width;
  if (!(pixels <= MAX_PIXELS)) throw damaged(`it has more than ${MAX_PIXELS} pixels`);
  const data = new Uint8Array(pixels);
  const runs: number[] = [];
  let place = 0;
  for (const stored of storedRuns(text)) {
    const at = runs.length;
    const run = stored + (at > 2 ? (runs[at - 2] ?? 0) : 0);
    if (run < 0 || place + run > pixels) throw damaged("its runs do not fit its size");
    if (at % 2 === 1) paint(data, place, place + run, height, width);
    runs.push(run);
    place += run;
  }
  if (place !== pixels) throw damaged("its runs end before its last pixel");
  return { width, height, data };
}

/** Lengths of runs along the columns, of zeros and ones in turn. */
function runsOf({ width, height, data }: Mask): number[] {
  const runs: number[] = [];
  let value = 0;
  let run = 0;
  for (let x = 0; x < width; x++)
    for (let y = 0; y < height; y++) {
      const here = data[y * width + x] === 0 ? 0 : 1;
      if (here !== value) {
        runs.push(run);
        run = 0;
        value = here;
      }
      run++;
    }
  runs.push(run);
  return runs;
}

/** Five bits a character, the lowest first; a sixth says that more follow; the fifth of the last is the sign. */
function encodedRun(number: number): string {
  let text = "";
  let rest = number;
  for (;;) {
    const bits = rest & 0x1f;
    rest >>= 5;
    const isLast = (bits & SIGN) === 0 ? rest === 0 : rest === -1;
    text += String.fromCharCode((isLast ? bits : bits | MORE) + FIRST_CHARACTER);
    if (isLast) return text;
  }
}

function* storedRuns(text: string): Generator<number> {
  let number = 0;
  let shift = 0;
  for (let at = 0; at < text.length; at++) {
    const bits = text.charCodeAt(at) - FIRST_CHARACTER;
    if (bits < 0 || bits > 63 || shift > 25) throw damaged("it is no run-length text");
    number |= (bits & 0x1f) << shift;
    shift += 5;
    if ((bits & MORE) !== 0) continue;
    if ((bits & SIGN) !== 0 && shift < 32) number |= -1 << shift;
    yield number;
    number = 0;
    shift = 0;
  }
  if (shift !== 0) throw damaged("it is cut off");
}

function paint(data: Uint8Array, from: number, to: number, height: number, width: number): void {
  for (let place = from; place < to; place++) data[(place % height) * width + Math.floor(place / height)] = 1;
}

function damaged(fault: string) {
  return userError(
    "invalid_metadata",
    400,
    `A mask of the metadata cannot be read: ${fault}. Run pass 1 again.`,
  );
}
