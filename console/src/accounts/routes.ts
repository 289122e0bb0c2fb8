import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { below } from "../shell/root.tsx";

export const accountRoutes = [
  createRoute({
    getParentRoute: () => below,
    path: "accounts",
    component: lazyRouteComponent(() => import("./accounts-page.tsx"), "AccountsPage"),
  }),
];
