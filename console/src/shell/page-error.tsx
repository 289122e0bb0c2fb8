import { Failure } from "../parts/failure.tsx";

/** A page that broke: what surrounds it goes on. */
export function PageError({ error, reset }: { readonly error: unknown; readonly reset: () => void }) {
  return <Failure error={error} onRetry={reset} />;
}
