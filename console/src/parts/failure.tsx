import { ClientError } from "../../../src/client/index.ts";
import { useSession } from "../api/session.tsx";
import { SignIn } from "../shell/sign-in.tsx";
import { useWords } from "../words/shell.ts";

/** What went wrong, in the server's words and with the request's id; a form to sign in where that is what is missing. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const words = useWords();
  const { session } = useSession();
  if (error instanceof ClientError && error.status === 401 && session?.user == null)
    return <SignIn why={words.signInWhy} />;
  return (
    <div className="failure" role="alert">
      <strong>{words.failed}</strong>
      <p>{error instanceof TypeError ? words.offline : messageOf(error)}</p>
      {error instanceof ClientError && error.requestId !== null && (
        <small>{words.requestId(error.requestId)}</small>
      )}
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
