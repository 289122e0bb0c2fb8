import type { Case } from "./case-page.tsx";
import { useIntegrityWords } from "./words.ts";

/** Which analyses could be made, and why others could not. */
export function CoverageList({ coverage }: { readonly coverage: NonNullable<Case["measured"]>["coverage"] }) {
  const words = useIntegrityWords();
  return (
    <details className="card">
      <summary>{words.coverage}</summary>
      <ul className="plain-list">
        {Object.entries(coverage).map(([name, { done, reason }]) => (
          <li key={name}>
            <code>{name}</code>: {done ? words.done : words.notDone(reason ?? "")}
          </li>
        ))}
      </ul>
    </details>
  );
}
