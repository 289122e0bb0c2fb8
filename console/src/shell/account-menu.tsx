import { useRef, useState } from "react";
import { useSession } from "../api/session.tsx";
import { ActionButton } from "../parts/action-button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { Field } from "../parts/field.tsx";
import { LANGUAGES, type Language, useLanguage } from "../words/language.tsx";
import { useWords } from "../words/shell.ts";
import { SignIn } from "./sign-in.tsx";
import { type Theme, useTheme } from "./theme.ts";

/** Language, appearance, and who is signed in. */
export function AccountMenu() {
  const words = useWords();
  const { session, signOut } = useSession();
  const { language, choose } = useLanguage();
  const [theme, setTheme] = useTheme();
  const [signing, setSigning] = useState(false);
  const menu = useRef<HTMLDetailsElement>(null);
  const user = session?.user ?? null;
  return (
    <>
      <details className="account-menu" ref={menu}>
        <summary>{user?.full_name || user?.email || LANGUAGES[language]}</summary>
        <div className="panel">
          {user && <p>{words.signedInAs(user.email)}</p>}
          <Field label={words.language}>
            <select value={language} onChange={(event) => choose(event.target.value as Language)}>
              {Object.entries(LANGUAGES).map(([code, name]) => (
                <option key={code} value={code} lang={code}>
                  {name}
                </option>
              ))}
            </select>
          </Field>
          <Field label={words.theme}>
            <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
              {Object.entries(words.themes).map(([name, text]) => (
                <option key={name} value={name}>
                  {text}
                </option>
              ))}
            </select>
          </Field>
          {user && <ActionButton onAct={signOut}>{words.signOut}</ActionButton>}
        </div>
      </details>
      {session && !user && (
        <button type="button" onClick={() => setSigning(true)}>
          {words.signIn}
        </button>
      )}
      {signing && (
        <Dialog title={words.signIn} onClose={() => setSigning(false)}>
          <SignIn onDone={() => setSigning(false)} />
        </Dialog>
      )}
    </>
  );
}
