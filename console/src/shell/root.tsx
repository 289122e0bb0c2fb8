import { createRootRoute, createRoute } from "@tanstack/react-router";
import { AppShell } from "./app-shell.tsx";
import { NotFound } from "./not-found.tsx";
import { PageError } from "./page-error.tsx";

/** What is around every page. */
export const root = createRootRoute({
  component: AppShell,
  notFoundComponent: NotFound,
  errorComponent: PageError,
});

/** `/console`: every page but the overview, which is at `/` too. */
export const below = createRoute({ getParentRoute: () => root, path: "console" });
