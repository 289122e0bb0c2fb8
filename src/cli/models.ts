import { resolve } from "node:path";
import type { Command } from "commander";
import { KNOWN_WEIGHTS, weightsNamed } from "../ml/weights/store/catalogue.ts";
import { installFile, pullWeights, verifyWeights } from "../ml/weights/store/install-weights.ts";
import { listModels } from "../ml/weights/store/list-models.ts";
import { findInstalled, removeWeights } from "../ml/weights/store/weights-folder.ts";
import { userError } from "../platform/errors/quatrain-error.ts";
import { configOf, type GlobalOptions } from "./global-options.ts";
import { note, printResult, table } from "./output.ts";
import { showProgress } from "./progress.ts";

type ModelOptions = Pick<GlobalOptions, "data" | "json">;
interface PullOptions extends ModelOptions {
  readonly file?: string;
  readonly sha256?: string;
}

export function addModelCommands(program: Command): void {
  const models = program
    .command("models")
    .description("engines that come along, and pretrained weights that can be installed");
  withOptions(models.command("list", { isDefault: true }).description("what there is")).action(list);
  withOptions(
    models
      .command("pull <name>")
      .description("fetch weights (from QUATRAIN_MODELS_URL where it is set), or go on with a cut download")
      .option("--file <path>", "take this copy instead of fetching")
      .option("--sha256 <hex>", "refuse any other file"),
  ).action(pull);
  withOptions(
    models.command("verify [names...]").description("compare installed weights with what was recorded"),
  ).action(verify);
  withOptions(models.command("rm <name>").description("remove installed weights")).action(remove);
}

function withOptions(command: Command): Command {
  return command
    .option("--data <dir>", "data folder (QUATRAIN_DATA_DIR)")
    .option("--json", "print the result as JSON");
}

async function list(options: ModelOptions): Promise<void> {
  const models = await listModels(configOf(options).weights.dir);
  const plain = models.map(({ isInstalled, isBuiltIn, record, ...facts }) => ({
    ...facts,
    installed: isInstalled,
    built_in: isBuiltIn,
    sha256: record?.sha256 ?? null,
  }));
  printResult(plain, options.json, (all) =>
    table(
      ["id", "or", "for", "weights", "description"],
      all.map(({ id, alias, system, built_in, bytes, description }) => {
        const state = bytes === null ? "not installed" : `${megabytes(bytes)} MB`;
        return [id, alias === id ? "" : (alias ?? ""), system, built_in ? "none needed" : state, description];
      }),
    ),
  );
}

async function pull(name: string, options: PullOptions): Promise<void> {
  const { id, origin } = weightsNamed(name);
  const { dir, url: mirror } = configOf(options).weights;
  if (options.sha256 !== undefined && !/^[0-9a-fA-F]{64}$/.test(options.sha256))
    throw userError("invalid_hash", 400, "--sha256 is 64 hexadecimal digits");
  const url = mirror === null ? origin : `${mirror}/timm/${id}.safetensors`;
  const progress = showProgress(id);
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt);
  try {
    const settings = {
      weightsDir: dir,
      sha256: options.sha256 ?? null,
      signal: stop.signal,
      onProgress: (bytes: number, total: number | null) =>
        progress.update(total === null ? 0 : bytes / total, `${megabytes(bytes)} MB`),
    };
    const installed =
      options.file === undefined
        ? await pullWeights(id, url, settings)
        : await installFile(id, resolve(options.file), settings);
    const { path, bytes, record } = installed;
    printResult(
      { id, path, bytes, sha256: record?.sha256, source: record?.source },
      options.json,
      () => `${id}: ${megabytes(bytes)} MB, SHA-256 ${record?.sha256}, in ${path}`,
    );
  } finally {
    process.off("SIGINT", interrupt);
    progress.stop();
  }
}

async function verify(names: string[], options: ModelOptions): Promise<void> {
  const { dir } = configOf(options).weights;
  const wanted = names.length === 0 ? KNOWN_WEIGHTS : names.map(weightsNamed);
  const results: { id: string; ok: boolean; problem: string | null }[] = [];
  for (const { id } of wanted) {
    const installed = await findInstalled(dir, id);
    if (installed === null && names.length === 0) continue;
    const problem = installed === null ? "not installed" : await verifyWeights(id, installed);
    results.push({ id, ok: problem === null, problem });
  }
  if (results.length === 0) note("no weights are installed");
  printResult(results, options.json, (all) =>
    table(
      ["id", "state"],
      all.map(({ id, problem }) => [id, problem ?? "ok"]),
    ),
  );
  if (results.some(({ ok }) => !ok)) process.exitCode = 1;
}

async function remove(name: string, options: ModelOptions): Promise<void> {
  const { id } = weightsNamed(name);
  const wasThere = await removeWeights(configOf(options).weights.dir, id);
  printResult({ id, removed: wasThere }, options.json, () =>
    wasThere ? `${id}: removed` : `${id}: was not installed`,
  );
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
