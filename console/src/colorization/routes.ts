import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { below } from "../shell/root.tsx";

const parts = { getParentRoute: () => below } as const;

/** Colorization's pages, below `/console/colorization`. */
export const colorizationRoutes = [
  createRoute({
    ...parts,
    path: "colorization",
    component: lazyRouteComponent(() => import("./jobs-page.tsx"), "JobsPage"),
  }),
  createRoute({
    ...parts,
    path: "colorization/new",
    component: lazyRouteComponent(() => import("./new-job-page.tsx"), "NewJobPage"),
  }),
  createRoute({
    ...parts,
    path: "colorization/jobs/$jobId",
    component: lazyRouteComponent(() => import("./job-page.tsx"), "JobPage"),
  }),
  createRoute({
    ...parts,
    path: "colorization/jobs/$jobId/pages/$pageNum",
    component: lazyRouteComponent(() => import("./page-page.tsx"), "PagePage"),
  }),
];
