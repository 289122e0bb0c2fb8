import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useMemo } from "react";
import { QuatrainClient } from "../../../src/client/index.ts";
import * as platform from "../../../src/contracts/platform/index.ts";
import type { AnswerOf } from "../../../src/contracts/route.ts";
import { sendingWithProgress } from "./send.ts";

export type Session = AnswerOf<typeof platform.getSession>;

interface SessionValue {
  /** Undefined until the server has said. */
  readonly session: Session | undefined;
  /** Calls the server as whoever is signed in. */
  readonly client: QuatrainClient;
  /** The same for forms with large files: tells the share that has been sent. */
  uploading(onProgress: (share: number) => void, signal?: AbortSignal): QuatrainClient;
  signIn(email: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** Whether the server could not be reached when it was last asked. */
  readonly offline: boolean;
}

const Context = createContext<SessionValue | null>(null);
/** The session's key among the queries. */
export const SESSION = ["session"];
/** A session lasts for hours; asking lengthens it, and finds out that the server is away. */
const ASK_EVERY_MS = 60_000;
const ASK_AGAIN_MS = 3_000;

const baseUrl = location.origin;
const anonymous = new QuatrainClient({ baseUrl });

/** Who is signed in, for everything below. */
export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const { data: session, error } = useQuery({
    queryKey: SESSION,
    queryFn: () => anonymous.call(platform.getSession, {}),
    staleTime: ASK_EVERY_MS,
    refetchInterval: ({ state }) => (state.error === null ? ASK_EVERY_MS : ASK_AGAIN_MS),
  });
  const csrf = session?.csrf_token ?? null;
  const offline = error instanceof TypeError;
  const value = useMemo<SessionValue>(() => {
    const headers: Record<string, string> = csrf === null ? {} : { "x-csrf-token": csrf };
    const options = { baseUrl, headers };
    return {
      session,
      offline,
      client: new QuatrainClient(options),
      uploading: (onProgress, signal) =>
        new QuatrainClient({ ...options, signal, fetch: sendingWithProgress(onProgress) }),
      async signIn(email, password) {
        queries.setQueryData(SESSION, await anonymous.call(platform.openSession, { email, password }));
        await queries.invalidateQueries();
      },
      async signOut() {
        queries.setQueryData(SESSION, await anonymous.call(platform.closeSession, {}));
        await queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
      },
    };
  }, [session, csrf, offline, queries]);
  return <Context value={value}>{children}</Context>;
}

export function useSession(): SessionValue {
  const value = use(Context);
  if (value === null) throw new Error("useSession outside of SessionProvider");
  return value;
}

/** The typed client, as whoever is signed in. */
export function useClient(): QuatrainClient {
  return useSession().client;
}
