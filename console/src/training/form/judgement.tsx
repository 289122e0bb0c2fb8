import { ClientError } from "../../../../src/client/index.ts";
import { messageOf } from "../../parts/failure.tsx";
import { Tag } from "../../parts/tag.tsx";
import { useTrainingWords } from "../words.ts";
import type { Judgement as Judged } from "./use-judgement.ts";

interface JudgementProps {
  readonly judgement: Judged | undefined;
  readonly failure: unknown;
  /** Settings that were given or follow from the preset, which the engine does not honour. */
  readonly notHonoured: readonly { readonly label: string; readonly note: string }[];
}

/** What the server says of the configuration as it stands. */
export function Judgement({ judgement, failure, notHonoured }: JudgementProps) {
  const words = useTrainingWords();
  const isValid = failure === null ? judgement?.valid : failure instanceof ClientError ? false : undefined;
  return (
    <section className="card stack judgement" aria-live="polite">
      <h2>
        {words.judgement}{" "}
        {isValid !== undefined && (
          <Tag tone={isValid ? "good" : "bad"}>{isValid ? words.canBeTrained : words.cannotBe}</Tag>
        )}
      </h2>
      {failure !== null && <p className="bad">{messageOf(failure)}</p>}
      {failure === null && judgement !== undefined && (
        <>
          <Notes kind="bad" notes={judgement.errors.map(({ field, message }) => `${field}: ${message}`)} />
          <Notes kind="warn" notes={judgement.warnings} />
          <Notes kind="warn" notes={notHonoured.map(({ label, note }) => `${label}: ${note}`)} />
          <Notes
            kind="plain"
            notes={judgement.suggestions.filter(
              (text) => !notHonoured.some(({ note }) => text.includes(note)),
            )}
          />
        </>
      )}
    </section>
  );
}

function Notes({ kind, notes }: { readonly kind: string; readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <ul className={`notes ${kind}`}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
