import { type AskMlflow, MlflowFault } from "./mlflow-server.ts";

/** The experiment that runs are made in; it is looked up with the first of them. */
export interface Experiment {
  /**
   * @returns the run's id
   * @throws MlflowFault
   */
  createRun(run: object): Promise<string>;
}

/** An experiment by name, made where there is none. */
export function openExperiment(ask: AskMlflow, name: string): Experiment {
  let known: string | null = null;
  return {
    async createRun(run) {
      const isRemembered = known !== null;
      const id: string = known ?? (await findOrMake(ask, name));
      known = id;
      try {
        return await createRunIn(ask, id, run);
      } catch (error) {
        known = null;
        if (!isRemembered || !isMissing(error)) throw error;
        // it was removed since: once more, with another one
        return createRunIn(ask, await findOrMake(ask, name), run);
      }
    },
  };
}

async function createRunIn(ask: AskMlflow, experimentId: string, run: object): Promise<string> {
  // a second try could leave a second run behind
  const answer = await ask({
    path: "runs/create",
    body: { experiment_id: experimentId, ...run },
    isRepeatable: false,
  });
  return textAt(answer, "run", "info", "run_id");
}

async function findOrMake(ask: AskMlflow, name: string): Promise<string> {
  const found = await find(ask, name);
  if (found !== null) return found;
  try {
    const made = await ask({ path: "experiments/create", body: { name }, isRepeatable: true });
    return textAt(made, "experiment_id");
  } catch (error) {
    if (!(error instanceof MlflowFault) || error.code !== "RESOURCE_ALREADY_EXISTS") throw error;
    // somebody else was faster
    const theirs = await find(ask, name);
    if (theirs === null) throw error;
    return theirs;
  }
}

async function find(ask: AskMlflow, name: string): Promise<string | null> {
  try {
    const query = { experiment_name: name };
    const answer = await ask({ path: "experiments/get-by-name", query, isRepeatable: true });
    if (at(answer, "experiment", "lifecycle_stage") === "deleted") {
      const advice = "restore it there, or choose another MLFLOW_EXPERIMENT_NAME";
      throw new MlflowFault(`its experiment ${JSON.stringify(name)} was deleted: ${advice}`, null, false);
    }
    return textAt(answer, "experiment", "experiment_id");
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof MlflowFault && error.code === "RESOURCE_DOES_NOT_EXIST";
}

function at(answer: unknown, ...keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[key] : undefined,
    answer,
  );
}

function textAt(answer: unknown, ...keys: readonly string[]): string {
  const value = at(answer, ...keys);
  if (typeof value === "string" && value !== "") return value;
  throw new MlflowFault(`its answer has no ${keys.at(-1)}: is it an MLflow server?`, null, false);
}
