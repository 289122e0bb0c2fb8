import { createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { accountRoutes } from "../accounts/routes.ts";
import { colorizationRoutes } from "../colorization/routes.ts";
import { inspectionRoutes } from "../inspection/routes.ts";
import { integrityRoutes } from "../integrity/routes.ts";
import { trainingRoutes } from "../training/routes.ts";
import { below, root } from "./root.tsx";

/** Every page of the console. A system's pages are loaded when one of them is first opened. */

const overview = lazyRouteComponent(() => import("./overview.tsx"), "Overview");
const first = createRoute({ getParentRoute: () => root, path: "/", component: overview });
const home = createRoute({ getParentRoute: () => below, path: "/", component: overview });

export const router = createRouter({
  routeTree: root.addChildren([
    first,
    below.addChildren([
      home,
      ...inspectionRoutes,
      ...colorizationRoutes,
      ...trainingRoutes,
      ...integrityRoutes,
      ...accountRoutes,
    ]),
  ]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
