import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { z } from "zod";
import { ClientError } from "../../src/client/index.ts";
import { SESSION, type Session, SessionProvider } from "./api/session.tsx";
import { Toasts } from "./parts/toasts.tsx";
import { router } from "./shell/router.tsx";
import { LanguageProvider } from "./words/language.tsx";
import "./style/tokens.css";
import "./style/base.css";
import "./style/parts.css";
import "./style/shell.css";

z.config({ jitless: true }); // the policy of this page forbids code made at run time

/** Data is fresh for a few seconds: pages that are gone back to show at once, and look again. */
const queries = new QueryClient({
  // whoever finds the server away, or the session ended, has the session look at once: its page says so
  queryCache: new QueryCache({
    onError: (error, { queryKey }) => {
      const isRefused = error instanceof ClientError && error.status === 401;
      const wasIn = queries.getQueryData<Session>(SESSION)?.user != null;
      if (queryKey[0] !== SESSION[0] && (error instanceof TypeError || (isRefused && wasIn)))
        void queries.invalidateQueries({ queryKey: SESSION });
    },
  }),
  defaultOptions: { queries: { staleTime: 3_000, retry: 1, refetchOnWindowFocus: true } },
});

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <LanguageProvider>
      <QueryClientProvider client={queries}>
        <Toasts>
          <SessionProvider>
            <RouterProvider router={router} />
          </SessionProvider>
        </Toasts>
      </QueryClientProvider>
    </LanguageProvider>
  </StrictMode>,
);
