import { z } from "zod";
import type { TrainerStarted, ValidationReport } from "../engine/port.ts";

/*
 * What trainers elsewhere tell, in the words of engine/port.ts. They hold a secret, and still are other people's programs:
 * nothing is stored that could not be shown. A figure that is no number becomes null, or 0 where there has to be one.
 */

const MAX_TEXT = 1_000_000;
const MAX_METRICS = 1_000;

/** Text as programs print it: cut, and without what no database keeps. */
export function printed(text: string, most = MAX_TEXT): string {
  return text.slice(0, most).toWellFormed().replaceAll("\0", "\ufffd");
}

const figure = z.number().nullish().catch(null);
const counted = z.number().catch(0);
const epoch = z.number().int().min(0).max(1_000_000);
const whole = z.number().int().min(0);

/** The first thousand entries that are numbers. */
const figures = z.record(z.string(), z.unknown()).transform(numbersOf);

export function numbersOf(record: Readonly<Record<string, unknown>>): Record<string, number> {
  const entries = Object.entries(record).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number" && Number.isFinite(entry[1]),
  );
  return Object.fromEntries(entries.slice(0, MAX_METRICS));
}

export const toldStarted: z.ZodType<Partial<Omit<TrainerStarted, "type">>> = z.object({
  parameters: whole.optional(),
  trainImages: whole.optional(),
  validationImages: whole.optional(),
  stepsPerEpoch: whole.optional(),
  firstEpoch: epoch.optional(),
  effective: z
    .record(
      z.string().max(200),
      z.object({
        requested: z.unknown(),
        effective: z.unknown(),
        reason: z
          .string()
          .max(10_000)
          .nullish()
          .transform((words) => words ?? undefined),
      }),
    )
    .optional(),
});

export const toldStep = z.object({ epoch, step: whole, loss: figure, learningRate: figure });

export const toldCheckpoint = z.object({
  roles: z.array(z.enum(["last", "best", "periodic"])),
  epoch,
  file: z.string().max(255),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: whole,
  metric: figure,
});

const report: z.ZodType<ValidationReport> = z.object({
  loss: z.number().catch(Number.NaN),
  metrics: figures,
  perClass: z
    .record(
      z.string(),
      z.object({
        precision: counted,
        recall: counted,
        f1: counted,
        support: counted,
        averagePrecision: counted,
      }),
    )
    .default({}),
  confusion: z.array(z.array(counted)).default([]),
  prCurves: z
    .record(
      z.string(),
      z.object({ precision: z.array(counted), recall: z.array(counted), thresholds: z.array(counted) }),
    )
    .default({}),
  calibrationError: counted,
});

export const toldValidation = z.object({
  epoch: epoch.optional(),
  report,
  imagesFile: z.string().nullish(),
});

/** A line of the file of a validation's pictures. */
export const toldImage = z.object({
  path: z
    .string()
    .max(1_024)
    .transform((text) => printed(text)),
  trueLabel: whole,
  predictedLabel: whole,
  confidence: counted,
  loss: z.number().catch(Number.NaN),
  top: z.array(z.object({ label: whole, confidence: counted })).max(100),
});
