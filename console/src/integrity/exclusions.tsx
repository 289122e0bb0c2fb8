import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import * as contract from "../../../src/contracts/integrity/index.ts";
import { useClient } from "../api/session.tsx";
import { messageOf } from "../parts/failure.tsx";
import { useToast } from "../parts/toasts.tsx";
import type { Case } from "./case-page.tsx";
import { useIntegrityWords } from "./words.ts";

type Choice = NonNullable<Case["measured"]>["exclusions"];

/** What does not count in the comparison: switched here, evaluated again by the server, shown when it is done. */
export function Exclusions({ caseId, exclusions }: { readonly caseId: string; readonly exclusions: Choice }) {
  const words = useIntegrityWords();
  const client = useClient();
  const queries = useQueryClient();
  const toast = useToast();
  // what was chosen stands until the page is left: the case says so only once it was evaluated again
  const [wanted, setWanted] = useState<Partial<Choice>>({});
  const change = async (name: keyof Choice, value: boolean) => {
    setWanted({ ...wanted, [name]: value });
    try {
      await client.call(contract.setExclusions, { case_id: caseId, [name]: value });
      toast("good", words.evaluating);
      await queries.invalidateQueries({ queryKey: ["integrity", "case", caseId] });
    } catch (error) {
      setWanted(({ [name]: _refused, ...rest }) => rest);
      toast("bad", messageOf(error));
    }
  };
  return (
    <fieldset className="exclusions card">
      <legend>{words.exclusions}</legend>
      {(Object.keys(words.exclusionNames) as (keyof Choice)[]).map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={wanted[name] ?? exclusions[name]}
            onChange={(event) => void change(name, event.target.checked)}
          />{" "}
          {words.exclusionNames[name]}
        </label>
      ))}
    </fieldset>
  );
}
