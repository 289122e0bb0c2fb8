import { MARK } from "./markers.ts";

const URL = /(?:https?:\/\/|ftp:\/\/|\bwww\.)[^\s<>"“”«»\uE000-\uE006]+/i;
const DOI = /\b10\.\d{4,9}(?:\.\d+)*\/[^\s"“”«»\uE000-\uE006]+/;
const DOI_LEAD = /(?:(?:https?:\/\/)?(?:dx\.)?doi\.org\/|\bdoi\b\s*:?\s*)+$/i;
const URL_LEAD =
  /[\s([<]{0,4}(?:URL|Available|Retrieved|Accessed|Recuperado|Disponible|Disponível|Obtenido|Tomado|Consultado|Rescatado|Acesso|Récupéré|Repéré|from|en|de|em|at|in|on)\b[^.\uE000-\uE006]{0,70}$/i;
const ISBN = /[\s(]{0,4}\b(?:e-?)?ISB?N(?:-1[03])?:?\s*[\dXx][\dXx –-]{7,20}\)?\.?/i;
const ACCESS =
  /[\s([]{0,4}\b(?:accessed|last (?:accessed|modified|visited)|visited|consultado|consulta(?:da)? (?:el|en)|fecha de consulta|último acceso|acesso em|accedido|retrieved|recuperado)\b[^.)\]\uE000-\uE006]{0,40}?\b(?:19|20)\d\d[\])]*/gi;
const PUBMED = /\[(?:PubMed|CrossRef|Google Scholar|Medline|PMC free article|Links?)\]/gi;

/** What an entry says about where the work lies, and the entry without it. */
export interface Identifiers {
  readonly doi: string | null;
  readonly url: string | null;
  readonly rest: string;
}

/** Takes DOI, address, ISBN and the dates of visits out of an entry of one line. O(length). */
export function takeIdentifiers(entry: string): Identifiers {
  let rest = entry.replace(PUBMED, " ");
  let url: string | null = null;
  let doi: string | null = null;
  for (let round = 0; round < 4; round++) {
    const match = DOI.exec(rest) ?? URL.exec(rest);
    if (match === null) break;
    const found = withoutTail(match[0]);
    const lead = match.index === 0 ? "" : rest.slice(0, match.index);
    if (/^10\./.test(found)) {
      const address = /(?:https?:\/\/[^\s]*)$/i.exec(lead)?.[0];
      if (address !== undefined) url ??= address + found;
      doi ??= found;
      rest = `${lead.replace(DOI_LEAD, "").replace(/https?:\/\/\S*$/i, "")} ${MARK.identifier}${rest.slice(match.index + found.length)}`;
    } else {
      url ??= found;
      rest = `${lead.replace(URL_LEAD, " ")} ${MARK.identifier}${rest.slice(match.index + found.length)}`;
    }
  }
  rest = rest.replace(ISBN, ` ${MARK.identifier}`).replace(ACCESS, ` ${MARK.identifier}`);
  return { doi, url, rest };
}

/** An address without the full stop, comma or unmatched bracket that the sentence around it added. */
export function withoutTail(address: string): string {
  let end = address.length;
  while (end > 0) {
    const last = address[end - 1]!;
    if (".,;:'’*_".includes(last)) end--;
    else if (last === ")" && count(address, end, "(") < count(address, end, ")")) end--;
    else if (last === "]" && count(address, end, "[") < count(address, end, "]")) end--;
    else break;
  }
  return address.slice(0, end);
}

function count(text: string, end: number, character: string): number {
  let seen = 0;
  for (let at = 0; at < end; at++) if (text[at] === character) seen++;
  return seen;
}
