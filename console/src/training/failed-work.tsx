import { ClientError } from "../../../src/client/index.ts";
import { Failure, messageOf } from "../parts/failure.tsx";
import { useWords } from "../words/shell.ts";

/** What went wrong, inside a form: a missing sign-in is said only, the page around the form asks for it. */
export function FailedWork({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) {
  const words = useWords();
  if (!(error instanceof ClientError && error.status === 401))
    return <Failure error={error} onRetry={onRetry} />;
  return (
    <div className="failure" role="alert">
      <strong>{words.failed}</strong>
      <p>{messageOf(error)}</p>
      {onRetry !== undefined && (
        <button type="button" onClick={onRetry}>
          {words.retry}
        </button>
      )}
    </div>
  );
}
