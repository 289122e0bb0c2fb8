import type { Severity } from "../finding.ts";
import type { Span } from "../span.ts";

/** What an interface left in a text, or a gap that nobody filled. */
export interface Residue {
  readonly span: Span;
  readonly kind: "interface" | "tracked_link" | "placeholder" | "opening";
  readonly severity: Severity;
}

interface Form {
  readonly kind: Residue["kind"];
  readonly severity: Severity;
  readonly expression: RegExp;
}

const NAMED =
  "(?:nombre|apellidos?|universidad|institución|ciudad|correo|título|profesora?|tema|carrera|curso|matrícula|empresa|fecha|full name|name|university|institution|city|e-?mail|title|professor|topic|course|student id|company|date|nome|universidade|instituição|cidade|professora?|disciplina)";

const FORMS: readonly Form[] = [
  {
    // Marks of citations in answers, and lines that an interface shows around them.
    kind: "interface",
    severity: "high",
    expression:
      /:?contentReference\[oaicite:\d{1,4}\](?:\{index=\d{1,4}\})?|\boaicite\b|\boai_citation\b|(?:\uE200?\bcite\uE202?|\b)turn\d{1,3}(?:search|view|news|image|file|academia|product)\d{1,3}\uE201?(?!\w)|【\d{1,4}†[^】\n]{0,80}】|\[cite_start\]|\[cite: ?\d{1,4}(?:, ?\d{1,4}){0,20}\]|^[^\S\n]{0,8}(?:Regenerate response|Regenerar respuesta|Regenerar resposta|ChatGPT said:|ChatGPT dijo:|O ChatGPT disse:)[^\S\n]{0,8}$|ChatGPT can make mistakes\. (?:Check|Consider)|ChatGPT puede cometer errores\.|O ChatGPT pode cometer erros\./gmu,
  },
  {
    kind: "tracked_link",
    severity: "low",
    expression: /\butm_source=(?:chatgpt\.com|openai|copilot\.com|perplexity)/gu,
  },
  {
    kind: "placeholder",
    severity: "medium",
    expression:
      /\[(?:insert|insertar|inserte|inserta|inserir|insira)\s[^[\]\n]{1,80}\]|[(<](?:insert|insertar|inserte|inserta|inserir|insira)\s[^()<>\n]{1,60}\s(?:here|aquí|aqui)[)>]/giu,
  },
  {
    kind: "placeholder",
    severity: "low",
    expression: new RegExp(
      `\\[(?:your|tu|su|seu|sua)\\s${NAMED}(?:\\s[^[\\]\\n]{1,40})?\\]|\\[${NAMED}\\s(?:del?|de la|of the|of|do|da)\\s[^[\\]\\n]{1,40}\\]`,
      "giu",
    ),
  },
  {
    // The first words of an answer at the start of a line.
    kind: "opening",
    severity: "medium",
    expression:
      /^[^\S\n]{0,8}(?:(?:Sure|Certainly|Of course|Absolutely)(?: thing)?[!,.] {0,2}[Hh]ere(?:['’]s| is| are)(?: an?| the| your)|¡?(?:Claro|Por supuesto|Desde luego)(?: que sí)?[!,.]{1,2} {0,2}[Aa]quí (?:tienes|tiene|está|te dejo|va)|(?:Claro|Com certeza|Certamente)[!,.] {0,2}[Aa]qui (?:está|vai|tem))(?!\p{L})/gmu,
  },
];

/** Every piece, in order. O(length). */
export function findResidue(text: string): Residue[] {
  return FORMS.flatMap(({ kind, severity, expression }) =>
    [...text.matchAll(expression)].map((match) => {
      const blank = match[0].length - match[0].trimStart().length;
      const start = match.index + blank;
      return { span: { start, end: start + match[0].trim().length }, kind, severity };
    }),
  ).sort((a, b) => a.span.start - b.span.start);
}
