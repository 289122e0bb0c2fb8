import { wordsOf } from "../words/language.tsx";
import type { words } from "./words.en.ts";

/** Words of colorization's pages. */
export const useColorizationWords = wordsOf<typeof words>({
  en: () => import("./words.en.ts"),
  es: () => import("./words.es.ts"),
  pt: () => import("./words.pt.ts"),
  ko: () => import("./words.ko.ts"),
});
