import type { Span } from "../span.ts";
import { latin } from "./latin.ts";
import type { Line } from "./lines.ts";

const LABEL = /^(?:\[(\d{1,4})\]|\((\d{1,3})\)|(\d{1,3})[.)](?=\s))/;
const BULLET = /^[-•*·▪●–]\s+/;
const YEAR = /\b(?:1[5-9]|20)\d\d[a-z]?\b/;
const UNDATED = /\((?:s\.\s?f|n\.\s?d|s\.\s?d)\.?\)|\bs\.\s?f\.|\bn\.\s?d\./i;
const ADDRESS = /https?:\/\/|\bwww\.|\bdoi\b/i;
/** `García, J.`, `SILVA, João`, `Pérez JM,` */
const NAME_START = latin(
  String.raw`^["“«*_]*(?:(?:de la|de los|de|del|da|dos|van|von|di) )?\p{Lu}[\p{L}\p{M}'’-]+(?:[ -](?:(?:de|del|la|da|dos|van|von|y|e) )*\p{Lu}[\p{L}\p{M}'’-]+){0,3}(?:, ?(?:\p{Lu}\p{Ll}?\.|\p{Lu}{1,3}[,.]|\p{Lu}[\p{L}\p{M}'’-]+)|,? \p{Lu}{1,3}[,.:])`,
);
const INITIAL_START = latin(String.raw`^\p{Lu}\.(?:[ -]?\p{Lu}\.)* ?\p{Lu}[\p{L}'’-]+`);
/** `Organización Mundial de la Salud. (2020)`, `"Título" (2019)` */
const DATED_START = latin(
  String.raw`^["“«*_]*\p{Lu}[^()]{2,150}\((?:[^()]{0,30}\b)?(?:(?:1[5-9]|20)\d\d[a-z]?|s\.\s?f\b|n\.\s?d\b)`,
);
const LOWER = latin(String.raw`^\p{Ll}`);
const INITIALS_END = latin(String.raw`, ?\p{Lu}\p{Ll}?\.$|\p{Lu}{1,3}[,.:]$`);
const DASHES = /^[—–_-]{3,}/;
const CONTINUES = latin(
  String.raw`^(?:\p{Ll}|https?:|www\.|doi\b|10\.\d{4}|[\d(]|(?:Recuperado|Retrieved|Disponible|Disponível|Available|Obtenido|Consultado|Tomado|Acesso|Accessed|DOI|URL|ISBN|ISSN|En:|In:|Em:|Vol\.|No\.|pp\.)\b)`,
);
const INSIDE = /^(?:In|En|Em)[:\s]/;
const COMPLETE = /[.!?)\]»”"\d/]$|https?:\/\/\S+$/;

/** How a list of references parts its entries. */
interface Layout {
  readonly kind: "labelled" | "bulleted" | "hanging" | "lines" | "wrapped";
  /** Length of a full line, UTF-16. */
  readonly width: number;
}

/** Where an entry stands, and whether it is surely one: the layout parts it, and it begins as entries do. */
export interface EntryPlace extends Span {
  readonly sure: boolean;
}

/** Entries of a list of references, in order: lines that hang belong to the entry above. O(length). */
export function splitEntries(lines: readonly Line[]): EntryPlace[] {
  const layout = layoutOf(lines);
  const entries: { start: number; end: number; sure: boolean }[] = [];
  let text = "";
  let label = 0;
  let length = 0;
  lines.forEach((line, index) => {
    if (isRemark(line, text, lines[index + 1])) return;
    const current = entries.at(-1);
    const ahead = [line, lines[index + 1], lines[index + 2]].map((next) => next?.text ?? "").join(" ");
    const starts = current === undefined || startsEntry(layout, line, { text, label, length, ahead });
    length = line.text.length;
    if (current !== undefined && !starts) {
      current.end = line.span.end;
      text = `${text} ${line.text}`.slice(-400);
      return;
    }
    const apart = layout.kind !== "wrapped" || line.apart || current === undefined;
    entries.push({ ...line.span, sure: apart && beginsAs(layout, line.text) });
    label = labelOf(line.text) ?? label;
    text = line.text;
  });
  return entries;
}

function beginsAs({ kind }: Layout, line: string): boolean {
  return kind === "labelled" || kind === "bulleted" || isStart(line);
}

/** What stands around a line: the end of the entry so far, the last label, the length of the line above, two lines on. */
interface Around {
  readonly text: string;
  readonly label: number;
  readonly length: number;
  readonly ahead: string;
}

function startsEntry({ kind, width }: Layout, line: Line, around: Around): boolean {
  const { text, label, length, ahead } = around;
  if (kind === "labelled") {
    const own = labelOf(line.text);
    return own !== null && own > label && own <= label + 5;
  }
  if (kind === "bulleted") return BULLET.test(line.text);
  if (kind === "hanging") return line.indent === 0;
  if (CONTINUES.test(line.text)) return line.apart && ADDRESS.test(text) && /^https?:/.test(line.text);
  if (kind === "lines" || line.apart) return true;
  if (!COMPLETE.test(text) || !isDated(text)) return false;
  return isStart(line.text, ahead) ? isDated(ahead) : length < width * SHORT_LINE && YEAR.test(line.text);
}

const isDated = (text: string) => YEAR.test(text) || UNDATED.test(text) || ADDRESS.test(text);

/** The last line of an entry is shorter than this share of a full line. */
const SHORT_LINE = 0.8;
/** Shares of lines that tell a layout. */
const MOSTLY = 0.6;
const OFTEN = 0.15;

function layoutOf(lines: readonly Line[]): Layout {
  const [first] = lines;
  const width = lines.reduce((longest, { text }) => Math.max(longest, text.length), 0);
  if (first === undefined) return { kind: "lines", width };
  const share = (holds: (line: Line) => boolean) => lines.filter(holds).length / lines.length;
  const labels = lines.filter(({ text }) => labelOf(text) !== null).length;
  if (labelOf(first.text) !== null && (labels >= 2 || lines.length === 1)) return { kind: "labelled", width };
  const bullets = lines.filter(({ text }) => BULLET.test(text)).length;
  if (BULLET.test(first.text) && bullets >= 2) return { kind: "bulleted", width };
  const indented = share(({ indent }) => indent > 0);
  if (first.indent === 0 && indented >= OFTEN && indented < 1 - OFTEN && share(isHung) === 0) {
    return { kind: "hanging", width };
  }
  if (share(({ text }) => CONTINUES.test(text) && !ADDRESS.test(text.slice(0, 8))) >= OFTEN) {
    return { kind: "wrapped", width };
  }
  const full = lines.filter(({ text }) => !CONTINUES.test(text));
  const starts = full.filter(({ text }) => isStart(text)).length;
  return { kind: starts >= full.length * MOSTLY ? "lines" : "wrapped", width };
}

/** A line that is not indented and yet goes on: indentation means something else there. */
function isHung({ indent, text }: Line): boolean {
  return indent === 0 && LOWER.test(text);
}

/** Number that an entry begins with. */
export function labelOf(line: string): number | null {
  const match = LABEL.exec(line);
  return match === null ? null : Number(match[1] ?? match[2] ?? match[3]);
}

/** Whether a line begins as entries do: a name turned round, initials, a body or a title with its year. */
function isStart(line: string, ahead = line): boolean {
  const start = line.slice(0, 250);
  if (INSIDE.test(start)) return false;
  if (DASHES.test(start) || DATED_START.test(start)) return true;
  const named = NAME_START.exec(start);
  if (named === null) return INITIAL_START.test(start) && YEAR.test(ahead);
  return INITIALS_END.test(named[0]) || YEAR.test(ahead) || isCapitals(named[0]);
}

function isCapitals(name: string): boolean {
  const [surname = ""] = name.split(",");
  return surname.length > 2 && surname === surname.toUpperCase();
}

/** A page number, or a heading such as `Libros` between the entries. */
function isRemark(line: Line, before: string, next: Line | undefined): boolean {
  if (/^[-–—\s]{0,3}\d{1,4}[-–—\s]{0,3}$/.test(line.text)) return !YEAR.test(line.text);
  if (/[\d,]/.test(line.text) || /[.;]$/.test(line.text) || ADDRESS.test(line.text)) return false;
  if (line.text.length > 50 || line.text.split(/\s+/).length > 6) return false;
  const closed = before === "" || COMPLETE.test(before);
  return closed && (line.apart || before === "") && next !== undefined;
}

/** Whether a text could be an entry: short enough, and with a year, an address, a number or a word for no date. */
export function isEntryLike(entry: string): boolean {
  if (entry.length < 12 || entry.length > 1_500) return false;
  return isDated(entry) || labelOf(entry) !== null;
}
