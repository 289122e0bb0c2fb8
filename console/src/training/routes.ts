import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { below } from "../shell/root.tsx";

const under = { getParentRoute: () => below };

/** The views of a job, one at a time; the address says which. */
export const JOB_VIEWS = ["curves", "validation", "log", "checkpoints", "settings", "try"] as const;

export type JobView = (typeof JOB_VIEWS)[number];

export const trainingRoutes = [
  createRoute({
    ...under,
    path: "training",
    component: lazyRouteComponent(() => import("./jobs/jobs-page.tsx"), "JobsPage"),
  }),
  createRoute({
    ...under,
    path: "training/new",
    validateSearch: ({ dataset }: Record<string, unknown>) => ({
      dataset: typeof dataset === "string" ? dataset : undefined,
    }),
    component: lazyRouteComponent(() => import("./form/new-job-page.tsx"), "NewJobPage"),
  }),
  createRoute({
    ...under,
    path: "training/compare",
    validateSearch: ({ jobs }: Record<string, unknown>) => ({ jobs: String(jobs ?? "") }),
    component: lazyRouteComponent(() => import("./compare/compare-page.tsx"), "ComparePage"),
  }),
  createRoute({
    ...under,
    path: "training/jobs/$jobId",
    validateSearch: ({ view }: Record<string, unknown>): { view?: JobView } => {
      const known = JOB_VIEWS.find((name) => name === view);
      return known === undefined ? {} : { view: known };
    },
    component: lazyRouteComponent(() => import("./job/job-page.tsx"), "JobPage"),
  }),
  createRoute({
    ...under,
    path: "training/datasets",
    component: lazyRouteComponent(() => import("./datasets/datasets-page.tsx"), "DatasetsPage"),
  }),
  createRoute({
    ...under,
    path: "training/datasets/$datasetId",
    component: lazyRouteComponent(() => import("./datasets/dataset-page.tsx"), "DatasetPage"),
  }),
] as const;
