import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useSession } from "../api/session.tsx";
import { Failure } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { SignIn } from "../shell/sign-in.tsx";
import { useFigures } from "../words/numbers.ts";
import { instantOf } from "./instants.ts";
import { useIntegrityWords } from "./words.ts";

/** What people decided, and the form to decide or to appeal. */
export function ReviewPart({ caseId }: { readonly caseId: string }) {
  const words = useIntegrityWords();
  const figures = useFigures();
  const { client, session } = useSession();
  const reviews = useQuery({
    queryKey: ["integrity", "case", caseId, "reviews"],
    queryFn: () => client.call(contract.listReviews, { case_id: caseId }),
  });
  return (
    <section className="review card" aria-labelledby="review">
      <h2 id="review">{words.review}</h2>
      <p>{words.reviewNote}</p>
      <Loaded query={reviews}>
        {({ reviews: list }) => (
          <ol className="reviews">
            {list.map(({ kind, decision, notas, by, at }) => (
              <li key={`${at}-${kind}-${decision}`}>
                <strong>{decision === null ? words.appeal : words.decisions[decision]}</strong> · {by} ·{" "}
                {figures.time(instantOf(at))}
                {notas && <p>{notas}</p>}
              </li>
            ))}
          </ol>
        )}
      </Loaded>
      {session?.user == null ? (
        <SignIn why={words.reviewSignIn} />
      ) : (
        <div className="split">
          <DecisionForm caseId={caseId} />
          {(reviews.data?.reviews.length ?? 0) > 0 && <AppealForm caseId={caseId} />}
        </div>
      )}
    </section>
  );
}

function DecisionForm({ caseId }: { readonly caseId: string }) {
  const words = useIntegrityWords();
  const { client } = useSession();
  return (
    <RecordForm
      caseId={caseId}
      button={words.record}
      onRecord={(form) =>
        client.call(contract.decide, {
          case_id: caseId,
          decision: String(form.get("decision")) as contract.Decision,
          notas: String(form.get("notas")),
        })
      }
    >
      <Field label={words.decision}>
        <select name="decision">
          {contract.DECISIONS.map((decision) => (
            <option key={decision} value={decision}>
              {words.decisions[decision]}
            </option>
          ))}
        </select>
      </Field>
      <Field label={words.notes}>
        <textarea name="notas" rows={4} maxLength={20_000} />
      </Field>
    </RecordForm>
  );
}

function AppealForm({ caseId }: { readonly caseId: string }) {
  const words = useIntegrityWords();
  const { client } = useSession();
  return (
    <RecordForm
      caseId={caseId}
      button={words.appeal}
      onRecord={(form) =>
        client.call(contract.appeal, { case_id: caseId, motivo: String(form.get("motivo")) })
      }
    >
      <Field label={words.appealReason}>
        <textarea name="motivo" rows={4} maxLength={20_000} required />
      </Field>
    </RecordForm>
  );
}

interface RecordFormProps {
  readonly caseId: string;
  readonly button: string;
  readonly onRecord: (form: FormData) => Promise<unknown>;
  readonly children: React.ReactNode;
}

/** Sends, and empties the fields only when it was recorded. */
function RecordForm({ caseId, button, onRecord, children }: RecordFormProps) {
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    setError(null);
    try {
      await onRecord(new FormData(form));
      form.reset();
      await queries.invalidateQueries({ queryKey: ["integrity", "case", caseId] });
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      {children}
      {error !== null && <Failure error={error} />}
      <button type="submit">{button}</button>
    </form>
  );
}
