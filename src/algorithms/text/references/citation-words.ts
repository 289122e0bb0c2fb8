import { foldWord } from "../fold.ts";
import { latin } from "./latin.ts";

/** What joins names, folded. */
const JOINTS = new Set(
  `y,e,and,et,al,cols,col,colaboradores,colaboradoras,otros,outros,others,colleagues,de,del,la,las,los,el,da,das,do,dos,
di,van,von,der,den,du,le,ten,ter,the,of,for,para,en,on,in,por,a,o,with,com,con`
    .replaceAll("\n", "")
    .split(","),
);

/** What stands before a citation and is no part of it, folded. */
const LEADS = new Set(
  `ver,vease,veanse,vid,vide,cf,cfr,confrontar,comparar,see,also,tambien,tambem,por ejemplo,e.g,eg,p.ej,ej,ejemplo,
segun,conforme,segundo,according,to,as,como,in,from,de,en,em,apud,citado,citada,tomado,adaptado,adapted,fuente,fonte,
source,quoted,like,such,para,elaboracion,propia,partir,basado,i.e,ibid,ademas,asimismo,sin,embargo,no,obstante,
por,otro,lado,parte,este,esta,estos,estas,autor,autores,autora,autoras,author,authors,el,la,los,las,o,os,a,as,the,
y,e,and,pero,but,mas,however,moreover,furthermore,similarly,likewise,igualmente,finalmente,finally,por su parte,su,
desde,while,mientras,cuando,when,donde,where,aunque,although,since,ya,que,if,si,both,tanto,work,trabajo,obra,estudio,
study,studies,estudios,investigaciones,teoria,modelo,theory,model,profesor,dr,dra,doctor,lic,mg,prof`
    .replaceAll("\n", "")
    .split(","),
);

/** Capitalised words before a year that name no author, folded. */
const NO_AUTHORS = new Set(
  `enero,febrero,marzo,abril,mayo,junio,julio,agosto,septiembre,setiembre,octubre,noviembre,diciembre,january,february,
march,april,may,june,july,august,september,october,november,december,janeiro,fevereiro,marco,maio,junho,julho,setembro,
outubro,novembro,dezembro,figura,fig,figure,tabla,table,tabela,quadro,cuadro,grafico,chart,imagen,image,anexo,annex,
capitulo,chapter,cap,articulo,article,artigo,art,ley,law,lei,decreto,decree,resolucion,resolution,sentencia,acuerdo,
constitucion,constituicao,constitution,convenio,tratado,treaty,protocolo,agenda,plan,plano,programa,proyecto,project,
version,edicion,edition,edicao,volumen,volume,vol,numero,number,ano,year,years,anos,siglo,century,seculo,primavera,verano,
otono,invierno,spring,summer,autumn,winter,fall,mundial,copa,olimpiadas,juegos,olympics,guerra,war,batalla,revolucion,
revolution,revolucao,crisis,crise,pandemia,covid,covid-19,sars,windows,office,iphone,nacido,nacida,born,fallecido,murio,
died,n,m,c,ca,circa,desde,hasta,entre,between,since,until,total,promedio,media,mean,nota,note,ecuacion,equation,
seccion,section,parte,part,grupo,group,caso,case,ejemplo,example,encuesta,survey,censo,census,colombia,mexico,argentina,
peru,chile,ecuador,bolivia,venezuela,uruguay,paraguay,espana,spain,brasil,brazil,portugal,cuba,panama,guatemala,honduras,
nicaragua,usa,eeuu,francia,france,alemania,germany,italia,italy,china,japon,japan,rusia,russia,india,europa,europe,
africa,asia,america,latinoamerica,bogota,medellin,cali,lima,quito,caracas,madrid,barcelona,paris,londres,london,berlin,
roma,rome,lisboa,viena,vienna,ginebra,geneva,kioto,kyoto,copenhague,estocolmo,rio,janeiro,nueva,york,washington,
mariana,brumadinho,chernobil,chernobyl,fukushima,hiroshima`
    .replaceAll("\n", "")
    .split(","),
);

const WORD = latin(String.raw`\p{L}[\p{L}\p{M}'’\u2010\u2011-]*`, "g");

/** Names in front of a year, read word by word. */
export interface ReadNames {
  /** Words of names, folded. */
  readonly words: readonly string[];
  /** Where in the text the first name begins. */
  readonly start: number;
  /** `et al.`, `y`, `&` between names. */
  readonly joined: boolean;
}

/**
 * Reads a text that should hold nothing but names; null where it holds anything else, digits included. Words that lead
 * to a citation (`véase`, `según`) are passed over. O(length).
 */
export function readNames(text: string): ReadNames | null {
  const words: string[] = [];
  let start = -1;
  if (/[\d=<>%“”"«»@/]/.test(text)) return null;
  for (const match of text.matchAll(WORD)) {
    const folded = foldWord(match[0]).replace(/['’]s?$/, "");
    const capital = match[0][0] !== match[0][0]!.toLowerCase();
    if (start < 0) {
      if (LEADS.has(folded) && !(capital && folded.length > 3 && text.length < 12)) continue;
      if (!capital && !JOINTS.has(folded)) return null;
      if (!capital) continue;
      start = match.index;
    }
    if (JOINTS.has(folded)) continue;
    if (!capital) return null;
    words.push(folded);
  }
  if (start < 0 || words.length === 0 || words.length > 14) return null;
  const joined =
    /\set\.?\sal\b|\sy (?:cols|colaboradores|otros)\b|\se (?:colaboradores|outros)\b|\s(?:y|e|and|et)\s|&/.test(
      text.slice(start),
    );
  return { words, start, joined };
}

/** Whether words before a year may be a place, a month, a law or a caption as well as an author. */
export function mayBeNoAuthor(words: readonly string[]): boolean {
  return words.some((word) => NO_AUTHORS.has(word)) || words.every((word) => word.length < 2);
}

/** What leads to an author in a sentence, folded. */
const CUES = new Set(
  `segun,segundo,conforme,para,por,by,from,following,afirma,senala,sostiene,plantea,propone,define,explica,argumenta,
indica,menciona,destaca,concluye,aponta,defende,argues,states,suggests,como,to,con,com`
    .replaceAll("\n", "")
    .split(","),
);
/** How words begin that say what an author does, folded. */
const SAYINGS =
  `senal,afirm,sostien,sostuv,plante,propon,propus,defin,explic,argument,indic,mencion,destac,conclu,encontr,consider,
demuestr,demostr,apont,defend,dice,dicen,expon,describ,analiz,argue,state,suggest,found,report,show,propose,note,claim,
observ,identific,desarroll,investig,estudi`
    .replaceAll("\n", "")
    .split(",");
const AUXILIARY = new Set("se,lo,la,tambien,also,nos,have,has,had,han,ha,quien,quienes,who".split(","));

/** Whether a sentence so far leads to an author: `según`, `according to`, `como señala`. */
export function leadsToAuthor(before: string): boolean {
  const words = before.slice(-60).match(WORD) ?? [];
  const last = words.at(-1);
  return last !== undefined && /[\s]$/.test(before) && CUES.has(foldWord(last));
}

/** Whether a sentence goes on with what authors do: `señala que`, `found that`. */
export function saysWhatAuthorsSay(after: string): boolean {
  if (!/^[\s,]/.test(after)) return false;
  const words = (after.match(WORD) ?? []).map(foldWord);
  const [word] = words.filter((each) => !AUXILIARY.has(each));
  return word !== undefined && SAYINGS.some((saying) => word.startsWith(saying));
}
