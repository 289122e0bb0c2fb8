import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import * as platform from "../../../src/contracts/platform/index.ts";
import { useClient } from "../api/session.tsx";
import { ConfirmButton } from "../parts/confirm-button.tsx";
import { Dialog } from "../parts/dialog.tsx";
import { messageOf } from "../parts/failure.tsx";
import { Field } from "../parts/field.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useFigures } from "../words/numbers.ts";
import { useWords } from "../words/shell.ts";

const KEY = ["accounts", "users"];

/** Everybody who may sign in. */
export function Users() {
  const words = useWords();
  const figures = useFigures();
  const client = useClient();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [changing, setChanging] = useState<string | null>(null);
  const users = useQuery({ queryKey: KEY, queryFn: () => client.call(platform.listUsers, {}) });
  const again = () => queries.invalidateQueries({ queryKey: KEY });
  return (
    <>
      <p>
        <button type="button" className="primary" onClick={() => setAdding(true)}>
          {words.addUser}
        </button>
      </p>
      <Loaded query={users}>
        {({ users: list }) => (
          <table>
            <thead>
              <tr>
                <th>{words.email}</th>
                <th>{words.fullName}</th>
                <th>{words.role}</th>
                <th>{words.since}</th>
                <th />
              </tr>
            </thead>
            <tbody>
              {list.map(({ email, full_name, role, created_at }) => (
                <tr key={email}>
                  <td>{email}</td>
                  <td>{full_name}</td>
                  <td>{words.roles[role]}</td>
                  <td>{figures.time(created_at)}</td>
                  <td className="actions">
                    <button type="button" className="quiet" onClick={() => setChanging(email)}>
                      {words.setPassword}
                    </button>
                    <ConfirmButton
                      question={words.removeUser(email)}
                      onConfirm={() => client.call(platform.removeUser, { email }).then(again)}
                    >
                      {words.delete}
                    </ConfirmButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </Loaded>
      {adding && (
        <UserForm
          title={words.addUser}
          onClose={() => setAdding(false)}
          onSave={(form) =>
            client
              .call(platform.addUser, {
                email: String(form.get("email")),
                full_name: String(form.get("full_name")),
                role: form.get("role") === "admin" ? "admin" : "member",
                password: String(form.get("password")),
              })
              .then(again)
          }
        />
      )}
      {changing && (
        <UserForm
          title={`${words.setPassword}: ${changing}`}
          passwordOnly
          onClose={() => setChanging(null)}
          onSave={(form) =>
            client.call(platform.setPassword, { email: changing, password: String(form.get("password")) })
          }
        />
      )}
    </>
  );
}

interface UserFormProps {
  readonly title: string;
  readonly passwordOnly?: boolean;
  readonly onClose: () => void;
  readonly onSave: (form: FormData) => Promise<unknown>;
}

function UserForm({ title, passwordOnly = false, onClose, onSave }: UserFormProps) {
  const words = useWords();
  const [failure, setFailure] = useState<string | null>(null);
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    try {
      await onSave(new FormData(event.currentTarget));
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
    }
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form onSubmit={(event) => void submit(event)}>
        {!passwordOnly && (
          <>
            <Field label={words.email}>
              <input name="email" type="email" autoComplete="off" required />
            </Field>
            <Field label={words.fullName}>
              <input name="full_name" autoComplete="off" />
            </Field>
            <Field label={words.role}>
              <select name="role" defaultValue="member">
                <option value="member">{words.roles.member}</option>
                <option value="admin">{words.roles.admin}</option>
              </select>
            </Field>
          </>
        )}
        <Field label={words.newPassword} error={failure}>
          <input name="password" type="password" autoComplete="new-password" required />
        </Field>
        <footer>
          <button type="submit" className="primary">
            {words.save}
          </button>
        </footer>
      </form>
    </Dialog>
  );
}
