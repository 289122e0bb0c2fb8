import { foldWord } from "../fold.ts";
import { latin } from "./latin.ts";

/** What lists of references are called in Spanish, English and Portuguese, folded. */
const NAMES = new Set(
  `referencias,referencia,referencias bibliograficas,referencia bibliografica,referencias consultadas,
referencias citadas,referencias web,referencias electronicas,referencias de internet,lista de referencias,
listado de referencias,bibliografia,bibliografias,bibliografia consultada,bibliografia citada,bibliografia general,
bibliografia basica,bibliografia utilizada,obras citadas,obras consultadas,trabajos citados,literatura citada,fuentes,
fuentes consultadas,fuentes bibliograficas,fuentes de consulta,fuentes de informacion,webgrafia,cibergrafia,
material consultado,references,reference,reference list,list of references,references cited,cited references,
bibliography,selected bibliography,works cited,work cited,cited works,works consulted,literature cited,literature,
sources,referencias consultadas,fontes,fontes consultadas,fontes bibliograficas,obras de referencia,
referencias citadas no texto`
    .replaceAll("\n", "")
    .split(","),
);

const JOINTS = [" y ", " e ", " and ", " & ", " / "];
const NUMBERING =
  /^(?:(?:cap[ií]tulo|chapter|secci[oó]n|section)\s+)?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}[.)]|[A-Z][.)])\s*[-–—:.]?\s*/i;
const AROUND = /^[#>*_\s=~-]+|[#*_\s:.=~-]+$/g;

/** Whether a line is the heading of a list of references, numbered or not, in Markdown or plain. */
export function isBibliographyHeading(line: string): boolean {
  if (line.length > 80) return false;
  const words = line.replace(AROUND, "").replace(NUMBERING, "").replace(AROUND, "");
  return isName(foldWord(words).replace(/\s+/g, " "));
}

function isName(folded: string): boolean {
  if (NAMES.has(folded)) return true;
  for (const joint of JOINTS) {
    const at = folded.indexOf(joint);
    if (at > 0 && NAMES.has(folded.slice(0, at)) && NAMES.has(folded.slice(at + joint.length))) return true;
  }
  return false;
}

const AFTERWARDS =
  /^(?:anexos?|apendices?|appendix|appendices|annex(?:es)?|glosario|glossary|agradecimientos|agradecimentos|acknowledge?ments?|notas|notes|footnotes|sobre (?:el|la|los|o|a|os) autor(?:a|es|as)?|about the authors?|author contributions?|conflictos? de inter(?:es|eses)|conflitos? de interesses?|conflicts? of interests?|competing interests|declarations?|funding|financiamiento|financiacion|supplementary materials?|indice de (?:tablas|figuras)|lista de (?:tablas|figuras|quadros)|list of (?:tables|figures)|tabla de contenidos?|capitulo|chapter|introduccion|introduction|introducao|conclusion(?:es|s)?|conclusao|resumen|abstract|resumo)\b/;

/** Whether a line is a heading that closes a list of references: an annex, notes, thanks. */
export function closesBibliography(line: string): boolean {
  if (line.length > 100 || /\b(?:1[5-9]|20)\d\d\b|https?:/.test(line)) return false;
  const words = line.replace(AROUND, "").replace(NUMBERING, "");
  const match = AFTERWARDS.exec(foldWord(words));
  return match !== null && /^(?:$|[\s:.\-–—]*[\dA-Z]{0,3}\b)/.test(words.slice(match[0].length));
}

/** Number of marks of a Markdown heading; 0 for any other line. */
export function markdownLevel(line: string): number {
  return /^(#{1,6})\s/.exec(line)?.[1]?.length ?? 0;
}

/** A heading and the first entry in one line: `Referencias: García, J. (2010)`. Yields its length with the colon. */
export function inlineHeading(line: string): number | null {
  const match = latin(String.raw`^[#*_\s]*(\p{Lu}[\p{L} ]{4,40})[*_]*:[*_]*\s+(?=\S)`).exec(line);
  return match !== null && isName(foldWord(match[1]!)) ? match[0].length : null;
}
