import { wordsOf } from "./language.tsx";
import type { words } from "./shell.en.ts";

/** Words of the frame around every page, and of the parts that all pages share. */
export const useWords = wordsOf<typeof words>({
  en: () => import("./shell.en.ts"),
  es: () => import("./shell.es.ts"),
  pt: () => import("./shell.pt.ts"),
  ko: () => import("./shell.ko.ts"),
});
