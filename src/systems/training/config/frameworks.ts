import { userError } from "../../../platform/errors/quatrain-error.ts";
import { DETECTION_METRIC_NAMES, METRIC_NAMES, type MetricName } from "./training-config.ts";

/** Who trains: the engine in this server, or a worker in Python beside it. */
export type Engine = "embedded" | "python";

interface FrameworkFacts {
  /** The first is what is meant where none is named. */
  readonly taskTypes: readonly string[];
  /** Which engine trains it where nothing else is said. */
  readonly engine: Engine;
}

const FRAMEWORKS: Readonly<Record<string, FrameworkFacts>> = {
  quatrain: { taskTypes: ["image_classification"], engine: "embedded" },
  timm: { taskTypes: ["image_classification"], engine: "embedded" },
  ultralytics: { taskTypes: ["object_detection"], engine: "python" },
};

interface TaskFacts {
  readonly metrics: readonly MetricName[];
  /** Reported where nothing else is asked for. */
  readonly reported: readonly MetricName[];
  readonly best: MetricName;
}

const TASKS: Readonly<Record<string, TaskFacts>> = {
  image_classification: {
    metrics: METRIC_NAMES,
    reported: ["accuracy", "precision", "recall", "f1"],
    best: "accuracy",
  },
  object_detection: {
    metrics: DETECTION_METRIC_NAMES,
    reported: ["map50", "map50_95", "precision", "recall"],
    best: "map50",
  },
};

/** A framework and one of its task types. */
export interface ChosenTask extends FrameworkFacts, TaskFacts {
  readonly framework: string;
  readonly taskType: string;
}

/**
 * @param taskType null: the framework's first
 * @throws QuatrainError `framework_not_found` (404), `task_type_not_supported` (422); `details.field` names the field
 */
export function chooseTask(framework: string, taskType: string | null): ChosenTask {
  const facts = Object.hasOwn(FRAMEWORKS, framework) ? FRAMEWORKS[framework] : undefined;
  if (facts === undefined) {
    throw userError(
      "framework_not_found",
      404,
      `There is no framework of that name: choose one of ${Object.keys(FRAMEWORKS).join(", ")}`,
      { field: "framework" },
    );
  }
  const chosen = taskType ?? facts.taskTypes[0] ?? "";
  const task = facts.taskTypes.includes(chosen) ? TASKS[chosen] : undefined;
  if (task === undefined) {
    throw userError("task_type_not_supported", 422, unsupported(framework, facts, chosen), {
      field: "task_type",
    });
  }
  return { ...facts, ...task, framework, taskType: chosen };
}

function unsupported(framework: string, facts: FrameworkFacts, taskType: string): string {
  const others = Object.keys(FRAMEWORKS).filter((name) => FRAMEWORKS[name]?.taskTypes.includes(taskType));
  const where = others.length === 0 ? "no framework here trains that" : `${others.join(", ")} can`;
  return `${framework} trains ${facts.taskTypes.join(" and ")} only; for the task type that was asked for, ${where}`;
}
