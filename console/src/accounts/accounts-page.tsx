import { Page } from "../parts/page.tsx";
import { Tabs } from "../parts/tabs.tsx";
import { useWords } from "../words/shell.ts";
import { Keys } from "./keys.tsx";
import { Users } from "./users.tsx";

/** Who may sign in, and which programs may call. */
export function AccountsPage() {
  const words = useWords();
  return (
    <Page title={words.accounts}>
      <Tabs
        label={words.accounts}
        tabs={[
          { id: "users", title: words.users, content: <Users /> },
          { id: "keys", title: words.keys, content: <Keys /> },
        ]}
      />
    </Page>
  );
}
