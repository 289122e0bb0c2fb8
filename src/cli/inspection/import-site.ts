import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { ClientError, type QuatrainClient } from "../../client/index.ts";
import { importMemory, uploadNg, uploadOk } from "../../contracts/inspection/index.ts";
import { QuatrainError } from "../../platform/errors/quatrain-error.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { printResult, table } from "../output.ts";
import { filePart } from "../picture-files.ts";
import {
  findSiteItems,
  type SiteDatasetItem,
  type SiteItems,
  type SiteMemoryItem,
} from "./find-site-items.ts";

interface ImportOptions extends GlobalOptions {
  readonly mmPerPx?: string;
  readonly operator?: string;
}

/** What became of one thing in the folder. */
interface Outcome {
  readonly what: "memory" | "ok" | "ng" | "file";
  readonly path: string;
  readonly outcome: "taken" | "there already" | "not taken";
  readonly note: string;
}

/** Pictures of one request: one that cannot be used keeps only its neighbours out. */
const AT_ONCE = 20;

export function addImportCommand(inspection: Command): void {
  withGlobalOptions(
    inspection
      .command("import <dir>")
      .description(
        "take over the folder of an existing site (BDI_MODELS_DIR): memories, thresholds, pictures",
      )
      .option("--mm-per-px <mm>", "for memories that do not say it")
      .option("--operator <id>", "who does it"),
  ).action(importSite);
}

async function importSite(dir: string, options: ImportOptions): Promise<void> {
  const items = await findSiteItems(dir);
  await withServer(options, async (client) => {
    const outcomes: Outcome[] = [];
    for (const item of items.datasets) outcomes.push(...(await importDataset(client, dir, item, items)));
    for (const item of items.memories) outcomes.push(await importOne(client, dir, item, options));
    outcomes.push(
      ...items.left.map(({ path, why }) => ({
        what: "file" as const,
        path,
        outcome: "not taken" as const,
        note: why,
      })),
    );
    printResult(outcomes, options.json, (all) =>
      table(
        ["what", "path", "outcome", "note"],
        all.map(({ what, path, outcome, note }) => [what, path, outcome, note]),
      ),
    );
    if (outcomes.some(({ what, outcome }) => what !== "file" && outcome === "not taken"))
      process.exitCode = 1;
  });
}

async function importOne(
  client: QuatrainClient,
  dir: string,
  { place, path, calibration }: SiteMemoryItem,
  options: ImportOptions,
): Promise<Outcome> {
  const files = {
    memory: [await filePart(join(dir, path))],
    ...(calibration === null ? {} : { calibration: [await filePart(join(dir, calibration))] }),
  };
  try {
    const done = await client.call(
      importMemory,
      { ...place, mm_per_px: options.mmPerPx, operator_id: options.operator },
      files,
    );
    const threshold = done.threshold === null ? "no threshold" : `threshold ${done.threshold}`;
    return {
      what: "memory",
      path,
      outcome: done.was_there ? "there already" : "taken",
      note: done.was_there
        ? `version ${done.model_version}`
        : [`version ${done.model_version}`, done.backbone, threshold, ...done.warnings].join("; "),
    };
  } catch (error) {
    return { what: "memory", path, outcome: "not taken", note: reasonOf(error) };
  }
}

async function importDataset(
  client: QuatrainClient,
  dir: string,
  item: SiteDatasetItem,
  items: SiteItems,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < item.pictures.length; from += AT_ONCE)
    outcomes.push(...(await upload(client, dir, item, items, item.pictures.slice(from, from + AT_ONCE))));
  return outcomes;
}

/** All of them; where one is refused, each by itself, so that only that one stays out. */
async function upload(
  client: QuatrainClient,
  dir: string,
  item: SiteDatasetItem,
  items: SiteItems,
  paths: readonly string[],
): Promise<Outcome[]> {
  const { place, label } = item;
  try {
    const metas = await Promise.all(paths.map((path) => sidecarOf(dir, path, items)));
    const images = await Promise.all(paths.map((path) => filePart(join(dir, path))));
    const contract = label === "ok" ? uploadOk : uploadNg;
    const { saved } = await client.call(contract, { ...place, metas, skip_known: true }, { images });
    if (paths.length > 1 && saved.length > 0 && saved.length < paths.length)
      return [
        {
          what: label,
          path: summary(paths),
          outcome: "taken",
          note: `${saved.length} of ${paths.length} were new`,
        },
      ];
    const outcome = saved.length > 0 ? ("taken" as const) : ("there already" as const);
    return [{ what: label, path: summary(paths), outcome, note: `${paths.length} pictures` }];
  } catch (error) {
    const reason = reasonOf(error);
    if (paths.length === 1) return [{ what: label, path: paths[0]!, outcome: "not taken", note: reason }];
    const each = [];
    for (const path of paths) each.push(...(await upload(client, dir, item, items, [path])));
    return each;
  }
}

function summary(paths: readonly string[]): string {
  return paths.length === 1 ? paths[0]! : `${paths[0]} ... ${paths.at(-1)!.split("/").at(-1)}`;
}

/** The picture's sidecar as it is; an empty one where there is none. */
async function sidecarOf(dir: string, path: string, { sidecars }: SiteItems): Promise<string> {
  const sidecar = path.replace(/\.[^.]*$/, ".json");
  return sidecars.has(sidecar) ? readFile(join(dir, sidecar), "utf8") : "{}";
}

/** What the server or the folder said. @throws faults that are not about the item */
function reasonOf(error: unknown): string {
  if (error instanceof ClientError || error instanceof QuatrainError) return error.message;
  throw error;
}
