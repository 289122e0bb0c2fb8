import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { below } from "../shell/root.tsx";
import { placeOf } from "./place.ts";

const parts = { getParentRoute: () => below } as const;

/** Inspection's pages, below `/console/inspection`. */
export const inspectionRoutes = [
  createRoute({
    ...parts,
    path: "inspection",
    component: lazyRouteComponent(() => import("./rois-page.tsx"), "RoisPage"),
  }),
  createRoute({
    ...parts,
    path: "inspection/roi",
    validateSearch: placeOf,
    component: lazyRouteComponent(() => import("./roi-page.tsx"), "RoiPage"),
  }),
];
