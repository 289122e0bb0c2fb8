import { type FormEvent, useState } from "react";
import { useSession } from "../api/session.tsx";
import { messageOf } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { useWords } from "../words/shell.ts";

export interface SignInProps {
  /** Why it is asked for. */
  readonly why?: string;
  readonly onDone?: () => void;
}

/** E-mail and password. Nothing on the page around it is lost. */
export function SignIn({ why, onDone }: SignInProps) {
  const words = useWords();
  const { signIn } = useSession();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    try {
      await signIn(String(form.get("email")), String(form.get("password")));
      onDone?.();
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form className="sign-in" onSubmit={(event) => void submit(event)}>
      {why && <p>{why}</p>}
      <Field label={words.email}>
        <input name="email" type="email" autoComplete="username" required />
      </Field>
      <Field label={words.password} error={failure}>
        <input name="password" type="password" autoComplete="current-password" required />
      </Field>
      <button type="submit" className="primary" disabled={busy}>
        {words.signIn}
      </button>
    </form>
  );
}
