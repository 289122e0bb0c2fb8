import { latin } from "./latin.ts";
/** How names of journals, series and proceedings begin: `Proceedings of`, `Revista de`, `12th Annual Conference`. */
export const SERIES_WORD = latin(
  String.raw`^(?:in:?\s)?(?:the\s)?(?:\d{1,3}(?:st|nd|rd|th)\s|(?:19|20)\d\d\s)?(?:annual\s)?(?:proc\b|proceedings|procs\b|journal|j\.\s|transactions|trans\b|ieee|acm|annals|ann\b|revista|rev\b|review|bulletin|bull\b|international (?:conference|joint|symposium|journal|workshop)|conference|symposium|workshop|congress|advances in|lecture notes|lncs|handbook|encyclopedia|cahiers|annales|revue|cuadernos|anales|boletín|boletim|cadernos|archives? (?:of|de|für)|arquivos|archivos|communications|memoirs|paper presented|poster|presented at|plos|zeitschrift|jahrbuch|actes|actas|anais|memorias|arxiv|(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)\s(?:\p{L}+\s){0,3}(?:conference|symposium|workshop|meeting|congress))`,
  "i",
);

/** Words of journals and proceedings that a title behind a comma seldom has. */
export const JOURNAL_WORD = latin(
  String.raw`\b(?:journal|review|revista|revue|transactions|proceedings|proc|letters|lett|annals|bulletin|quarterly|magazine|gazette|conference|symposium|workshop|cuadernos|times|herald|zeitschrift|ieee|acm)\b|(?:\b\p{L}{1,5}\.\s){2}`,
  "i",
);

/** Words of anything that holds shorter works, newspapers and encyclopaedias included. */
export const CONTAINER_WORD = latin(
  String.raw`\b(?:journal|review|revista|revue|transactions|proceedings|proc|letters|lett|annals|bulletin|quarterly|magazine|gazette|conference|symposium|workshop|cuadernos|times|post|herald|news|zeitschrift|wikipedia|science|nature|diario|periódico|encyclopedia|encyclopaedia|handbook|globe|tribune|guardian|chronicle|economist|wired|monde|nación|espectador|folha|clarín|magazine|blog)\b|(?:\b\p{L}{1,6}\.\s){2}`,
  "i",
);

/** Words of proceedings, which are named with the town of the meeting. */
export const MEETING =
  /\b(?:proc|proceedings|conference|symposium|workshop|congress|meeting|congreso|simposio|jornadas|anais|encontro|colloquium)\b/i;
