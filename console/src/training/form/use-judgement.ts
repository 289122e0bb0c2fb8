import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { AnswerOf, ClientInputOf } from "../../../../src/contracts/route.ts";
import * as contract from "../../../../src/contracts/training/index.ts";
import { useClient } from "../../api/session.tsx";

export type Judgement = AnswerOf<typeof contract.validateTrainingConfig>;
type Wish = ClientInputOf<typeof contract.validateTrainingConfig>;

const PAUSE_MS = 350;

/** What the server would make of a configuration, asked when the typing pauses. */
export function useJudgement(wish: Wish) {
  const client = useClient();
  const text = JSON.stringify(wish);
  const [asked, setAsked] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setAsked(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useQuery<Judgement>({
    queryKey: ["training", "judgement", asked],
    queryFn: () => client.call(contract.validateTrainingConfig, JSON.parse(asked) as Wish),
    placeholderData: (shown) => shown,
    retry: false,
  });
}

/** Errors by the settings' dotted names inside `advanced_config`. */
export function errorsByName(judgement: Judgement | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    (judgement?.errors ?? []).map(({ field, message }) => [field.replace(/^advanced_config\./, ""), message]),
  );
}
