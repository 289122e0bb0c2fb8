import { z } from "zod";
import { anyNumber, filledText, ours, plainText, truth } from "../fields.ts";
import { defineRoute, type RouteContract } from "../route.ts";

/*
 * The words that inspection's endpoints share.
 * Source: contracts/inspection.md, with the readings of spec/inspection.md sections 1, 2 and 6.
 */

/** Ids become part of file names (base64 or percent-encoded), so their UTF-8 length is bounded. */
const MAX_ID_BYTES = 84;

const shortText = (what: string) =>
  plainText(MAX_ID_BYTES).refine(
    (value) => new TextEncoder().encode(value).length <= MAX_ID_BYTES,
    `${what} should have at most ${MAX_ID_BYTES} bytes in UTF-8`,
  );

const idText = (what: string) =>
  shortText(what).refine((value) => value.trim() !== "", `${what} should not be blank`);

export const RoleId = idText("role_id").describe("Role of the station, for example Inspection");
export const RoiId = idText("roi_id").describe("Region of interest on the part");
export const RecipeId = z
  .string()
  .optional()
  .describe("Recipe; wins over the X-Recipe-Id header; `default` when neither is given");
export const ModelKey = shortText("model_key")
  .optional()
  .describe("Key of the model; the ROI's id when absent");
export const MmPerPx = anyNumber().describe(
  "Millimetres per pixel, finite and > 0; locked per recipe by its first use",
);

/** Dataset class, in any case. Another word is the system's to refuse: with 400, not with 422. */
export const Label = z.string().meta({ type: "string", enum: ["ok", "ng"] });

/** 1..100 is a percentage; a number up to 1 that is not a whole number is a fraction (0.995 = 99.5 %). */
export const ScorePercentile = anyNumber()
  .transform((value, context) => {
    const percent = value <= 1 && !Number.isInteger(value) ? value * 100 : value;
    if (percent >= 0 && percent <= 100) return percent;
    context.issues.push({
      code: "custom",
      message: "Input should be a percentile between 0 and 100, or a fraction",
      input: value,
    });
    return z.NEVER;
  })
  .meta({ type: "number", minimum: 0, maximum: 100 });

/** When `/infer` sends the heatmap: always, never, or only when the decision is ng. */
export const HeatmapWish = z
  .union([truth(), z.string()], "Input should be true, false or auto")
  .transform((value, context) => {
    if (typeof value === "boolean") return value ? ("always" as const) : ("never" as const);
    if (value.trim().toLowerCase() === "auto") return "when-ng" as const;
    context.issues.push({ code: "custom", message: "Input should be true, false or auto", input: value });
    return z.NEVER;
  })
  .meta({ type: "string", enum: ["auto", "true", "false"] });

/** What the gray values 0 and 255 of a heatmap stand for. */
export const HeatmapScaleWish = z
  .string("Input should be auto, threshold or two numbers")
  .max(100)
  .transform((value, context) => {
    const word = value.trim().toLowerCase();
    if (word === "auto" || word === "") return { kind: "stretched" as const };
    if (word === "threshold") return { kind: "threshold" as const };
    const [low, high, ...rest] = word
      .split(",")
      .map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
    if (Number.isFinite(low) && Number.isFinite(high) && rest.length === 0 && low! < high!)
      return { kind: "fixed" as const, low: low!, high: high! };
    context.issues.push({
      code: "custom",
      message: "Input should be auto, threshold or two numbers such as 0,2.5, the lower one first",
      input: value,
    });
    return z.NEVER;
  })
  .meta({ type: "string" });

export const OperatorId = ours(plainText(200).optional(), "Who did it; kept with the model and in the log");

export const RoiQuery = z.object({
  role_id: RoleId,
  roi_id: RoiId,
  recipe_id: RecipeId,
  model_key: ModelKey,
});
export const DatasetQuery = z.object({ role_id: RoleId, roi_id: RoiId, recipe_id: RecipeId });
export const DatasetFileQuery = DatasetQuery.extend({
  label: Label,
  filename: filledText(255).describe("Reduced to its base name"),
});

/** Echo fields of every answer. */
export const Echo = { request_id: z.string(), recipe_id: z.string() };

export const Region = z.object({
  bbox: z.array(z.number()).length(4).describe("[x, y, w, h] in pixels of the crop"),
  area_px: z.number(),
  area_mm2: z.number(),
  x: z.number(),
  y: z.number(),
  w: z.number(),
  h: z.number(),
  contour: z.array(z.array(z.number()).length(2)).describe("[[x, y], ...] in pixels of the crop"),
});

/** Errors: clients read `error` first, then `detail`. Every body also has `code`. */
export const ErrorBody = z.object({
  error: z.string().optional(),
  detail: z
    .union([
      z.string(),
      z.object({ error: z.string(), ...Echo }),
      z.array(
        z.object({ loc: z.array(z.union([z.string(), z.number()])), msg: z.string(), type: z.string() }),
      ),
    ])
    .optional(),
  code: ours(z.string().optional(), "Stable code of the error"),
  request_id: z.string().optional(),
  recipe_id: z.string().optional(),
});

const failure = (description: string) => ({ description, schema: ErrorBody });

/** The failures that every inspection endpoint may answer with. */
export const failures = {
  400: failure("The request cannot be served as it is; `error` says why and what to do"),
  401: failure("An API key is configured and none or a wrong one was sent"),
  403: failure("The credential does not suffice, or a page of another site asks without one"),
  413: failure("The request, one of its files or the store is too large or full"),
  422: failure("Fields are missing or malformed; `detail` lists them, `error` says it in words"),
  429: failure("Too many requests at once or a minute; `Retry-After` says when to come back"),
  503: failure("The server is ending, or its database or file store is away; send it again later"),
} as const;

export const mmLockFailure = { 409: failure("mm_per_px differs from the recipe's") } as const;
export const notFoundFailure = { 404: failure("There is no such file or entry") } as const;

const HEADERS = {
  "X-Request-Id": "Correlation id, echoed; a UUIDv4 when absent",
  "X-Recipe-Id": "Recipe, where the payload names none",
} as const;

/** An endpoint of inspection: every one of them heeds the same two headers. */
export function inspectionRoute<const Contract extends RouteContract>(contract: Contract) {
  return defineRoute({ ...contract, headers: HEADERS });
}
