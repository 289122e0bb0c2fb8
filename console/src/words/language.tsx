import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";

/** The languages of the four trades' users. */
export const LANGUAGES = { en: "English", es: "Español", pt: "Português", ko: "한국어" } as const;

export type Language = keyof typeof LANGUAGES;

const STORED = "quatrain.language";

const Context = createContext<{ language: Language; choose: (language: Language) => void } | null>(null);

/** Which language the reader has chosen, or the browser's, or English. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, choose] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(STORED, language);
  }, [language]);
  const value = useMemo(() => ({ language, choose }), [language]);
  return <Context value={value}>{children}</Context>;
}

/** The language in use, and how to choose another. */
export function useLanguage() {
  const value = use(Context);
  if (value === null) throw new Error("useLanguage outside of LanguageProvider");
  return value;
}

function firstLanguage(): Language {
  const wanted = [localStorage.getItem(STORED) ?? "", ...navigator.languages];
  const known = wanted.map((tag) => tag.slice(0, 2)).find((tag) => tag in LANGUAGES);
  return (known as Language | undefined) ?? "en";
}

type Loaders<Words> = Readonly<Record<Language, () => Promise<{ readonly words: Words }>>>;

/**
 * The words of one room of the console, each language a file of its own that is loaded when it is needed. English is
 * the truth: the other languages have its type, so that none can lack a word.
 *
 * @returns a hook; it suspends while the language is loaded
 */
export function wordsOf<Words>(loaders: Loaders<Words>): () => Words {
  const loading = new Map<Language, Promise<Words>>();
  return () => {
    const { language } = useLanguage();
    let words = loading.get(language);
    if (words === undefined) {
      words = loaders[language]().then((module) => module.words);
      loading.set(language, words);
    }
    return use(words);
  };
}
