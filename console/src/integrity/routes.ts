import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { below } from "../shell/root.tsx";

const parts = { getParentRoute: () => below } as const;

/** Integrity's pages, below `/console/integrity`. */
export const integrityRoutes = [
  createRoute({
    ...parts,
    path: "integrity",
    component: lazyRouteComponent(() => import("./cases-page.tsx"), "CasesPage"),
  }),
  createRoute({
    ...parts,
    path: "integrity/new",
    component: lazyRouteComponent(() => import("./new-case-page.tsx"), "NewCasePage"),
  }),
  createRoute({
    ...parts,
    path: "integrity/cases/$caseId",
    component: lazyRouteComponent(() => import("./case-page.tsx"), "CasePage"),
  }),
  createRoute({
    ...parts,
    path: "integrity/figures",
    component: lazyRouteComponent(() => import("./figures-page.tsx"), "FiguresPage"),
  }),
  createRoute({
    ...parts,
    path: "integrity/sources",
    component: lazyRouteComponent(() => import("./sources-page.tsx"), "SourcesPage"),
  }),
];
