import { clip } from "../content/cut-text.ts";
import { splitInvisible } from "../content/invisible-characters.ts";

/** A piece of HTML that is safe to put into a document. Made by `html` and `foreign` alone. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: null and false leave nothing behind. */
export type Inserted = Html | string | number | null | false | readonly Html[];

/** A template whose insertions are escaped, unless they are HTML already. Text and quoted attributes only. */
export function html(strings: TemplateStringsArray, ...values: readonly Inserted[]): Html {
  let markup = strings[0]!;
  values.forEach((value, index) => {
    markup += insertionOf(value) + strings[index + 1]!;
  });
  return new Html(markup);
}

function insertionOf(value: Inserted): string {
  if (value === null || value === false) return "";
  if (value instanceof Html) return value.markup;
  if (typeof value === "object") return joined(value).markup;
  return escapeText(String(value));
}

/** One after the other. */
export function joined(pieces: readonly Html[]): Html {
  return new Html(pieces.map(({ markup }) => markup).join(""));
}

/**
 * Text that strangers wrote. Besides being escaped, characters that nobody sees are shown by their code: they would
 * turn the report's own words around or hide what was found.
 */
export function foreign(text: string): Html {
  return joined(
    splitInvisible(text).map((piece) =>
      "code" in piece ? html`<i class="code-point">${piece.code}</i>` : html`${piece.text}`,
    ),
  );
}

/** A stranger's title, name or remark: as `foreign`, and cut where it is too long to be one. UTF-16 units. */
export function brief(text: string, longest = 400): Html {
  return foreign(clip(text, longest));
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  return text.toWellFormed().replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
