import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import * as platform from "../../../src/contracts/platform/index.ts";
import { useClient, useSession } from "../api/session.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { messageOf } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";

const KEY = ["accounts", "keys"];

/** API keys: their names, never their text. */
export function Keys() {
  const words = useWords();
  const figures = useFigures();
  const client = useClient();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const keys = useQuery({ queryKey: KEY, queryFn: () => client.call(platform.listKeys, {}) });
  const again = () => queries.invalidateQueries({ queryKey: KEY });
  return (
    <>
      <p>
        <button type="button" className="primary" onClick={() => setAdding(true)}>
          {words.addKey}
        </button>
      </p>
      <Loaded query={keys}>
        {({ keys: list }) =>
          list.length === 0 ? (
            <p>{words.nothing}</p>
          ) : (
            <table>
              <thead>
                <tr>
                  <th>{words.keyName}</th>
                  <th>{words.keySystem}</th>
                  <th>{words.keyAccess}</th>
                  <th>{words.since}</th>
                  <th />
                </tr>
              </thead>
              <tbody>
                {list.map(({ id, name, system, access, created_at }) => (
                  <tr key={id}>
                    <td>{name}</td>
                    <td>{system}</td>
                    <td>{words.accesses[access]}</td>
                    <td>{figures.time(created_at)}</td>
                    <td className="actions">
                      <ConfirmButton
                        question={words.revokeKey(name)}
                        onConfirm={() => client.call(platform.revokeKey, { id }).then(again)}
                      >
                        {words.revoke}
                      </ConfirmButton>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )
        }
      </Loaded>
      {adding && <NewKey onClose={() => setAdding(false)} onMade={again} />}
    </>
  );
}

function NewKey({ onClose, onMade }: { readonly onClose: () => void; readonly onMade: () => unknown }) {
  const words = useWords();
  const { client, session } = useSession();
  const [made, setMade] = useState<string | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    try {
      const { key } = await client.call(platform.createKey, {
        name: String(form.get("name")),
        system: String(form.get("system")),
        access: String(form.get("access")) as "read" | "write" | "admin",
      });
      setMade(key);
      onMade();
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <Dialog title={words.addKey} onClose={onClose}>
      {made === null ? (
        <form onSubmit={(event) => void submit(event)}>
          <Field label={words.keyName} error={failure}>
            <input name="name" autoComplete="off" required />
          </Field>
          <Field label={words.keySystem}>
            <select name="system">
              <option value="*">{words.everything}</option>
              {session?.systems.map(({ name }) => (
                <option key={name} value={name}>
                  {words[name as keyof typeof words.purposes]}
                </option>
              ))}
              <option value="platform">{words.administration}</option>
            </select>
          </Field>
          <Field label={words.keyAccess}>
            <select name="access" defaultValue="write">
              {Object.entries(words.accesses).map(([access, text]) => (
                <option key={access} value={access}>
                  {text}
                </option>
              ))}
            </select>
          </Field>
          <footer>
            <button type="submit" className="primary">
              {words.addKey}
            </button>
          </footer>
        </form>
      ) : (
        <Field label={words.keyOnce}>
          <input readOnly value={made} onFocus={(event) => event.target.select()} />
        </Field>
      )}
    </Dialog>
  );
}
