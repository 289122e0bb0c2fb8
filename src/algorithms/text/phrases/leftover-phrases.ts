import { wordsOfPhrase } from "./phrase-tokens.ts";
import { PhraseNode } from "./phrase-trie.ts";

/** What a left-over of words is: a model that speaks of itself, of its limits, its words around an answer. */
export type LeftoverPhrase = "self_reference" | "as_model" | "limits" | "answer_frame" | "courtesy";

/** Nobody but a model says these of itself. */
const SELF_REFERENCE = `
soy un modelo de lenguaje; soy solo un modelo de lenguaje; soy una inteligencia artificial; soy una ia; soy un asistente de ia; soy un asistente de inteligencia artificial; soy chatgpt
i am an ai; i am an ai language model; i am a large language model; i am an artificial intelligence; i am a language model; i am just an ai; i'm an ai; i'm an ai language model; i'm a large language model; i'm a language model; i'm just an ai; i am chatgpt
sou um modelo de linguagem; sou apenas um modelo de linguagem; sou uma inteligência artificial; sou uma ia; sou um assistente de ia; sou o chatgpt
my knowledge cutoff; my knowledge cut off; my last knowledge update; my last training update; as of my last knowledge update; as of my last training; as of my knowledge cutoff; my training cutoff
mi fecha de corte de conocimiento; mi fecha de corte de conocimientos; fecha de corte de mi conocimiento; mi última actualización de conocimientos; mi última fecha de entrenamiento; mi fecha de corte de entrenamiento
minha data de corte de conhecimento; data de corte do meu conhecimento; minha última atualização de conhecimento; minha última data de treinamento
`;

/** A model's role, which is a left-over where the first person follows: `as an AI language model, I cannot`. */
const AS_MODEL = `
como modelo de lenguaje; como un modelo de lenguaje; como modelo de lenguaje de ia; como modelo de lenguaje de inteligencia artificial; como modelo de ia; como una ia; como ia; como una inteligencia artificial; como inteligencia artificial; como asistente de ia; como asistente virtual
as an ai; as an ai language model; as a large language model; as a language model; as an ai model; as an ai assistant; as an artificial intelligence; as an artificial intelligence language model
como um modelo de linguagem; como modelo de linguagem; como um modelo de linguagem de ia; como modelo de linguagem de ia; como um modelo de ia; como uma ia; como uma inteligência artificial; como inteligência artificial; como um assistente de ia; como assistente de ia
`;

/** What a model cannot do, in words that a person might use, too. */
const LIMITS = `
hasta mi última actualización; desde mi última actualización; no tengo la capacidad de navegar por internet; no puedo acceder a información en tiempo real; no tengo acceso a información en tiempo real; no puedo cumplir con esta solicitud
as of my last update; up to my last update; i do not have real time access; i don't have real time access; i don't have access to real time; i do not have access to real time; i cannot fulfill this request; i can't fulfill this request; i don't have personal opinions or; i do not have personal opinions or; i don't have personal beliefs; i do not have personal beliefs
até a minha última atualização; até minha última atualização; não tenho acesso a informações em tempo real; não posso atender a esta solicitação
`;

/** An answer is handed over. */
const ANSWER_FRAME = `
aquí tienes un ensayo; aquí tienes el ensayo; aquí tienes tu ensayo; aquí tienes una versión; aquí tienes una propuesta; aquí tienes un resumen; aquí tienes el texto; aquí tienes un texto; aquí tienes un ejemplo de ensayo; aquí tienes una redacción; aquí tienes una introducción; aquí tienes un borrador; aquí te dejo un ensayo; aquí te presento un ensayo; a continuación te presento un ensayo; a continuación te presento una versión; si quieres puedo ajustar; si quieres puedo ampliar; si deseas puedo ampliar; versión mejorada de tu texto; versión corregida de tu texto; versión humanizada de tu texto
here is an essay; here's an essay; here is a revised version of your; here's a revised version of your; here is the revised version of your; here is a rewritten version; here's a rewritten version; here is a paraphrased version; here's a paraphrased version; here is a draft of your; let me know if you'd like me to; let me know if you would like me to; if you'd like i can; i can tailor this to; improved version of your text; revised version of your text; feel free to modify the essay
aqui está um ensaio; aqui está uma redação; aqui está o texto revisado; aqui está uma versão; aqui está um resumo sobre; se quiser posso ajustar; se quiser posso ampliar; posso adaptar o texto; versão melhorada do seu texto; versão corrigida do seu texto
`;

/** What ends a helpful answer, and a letter, too. */
const COURTESY = `
espero que esto te ayude; espero que te sea útil; espero que esto te sea útil; espero que esta información te sea útil
i hope this helps; hope this helps; i hope this essay helps; i hope this information is helpful; i hope you find this helpful
espero que isso ajude; espero que isto ajude; espero que isso te ajude
`;

const GROUPS: readonly (readonly [LeftoverPhrase, string])[] = [
  ["self_reference", SELF_REFERENCE],
  ["as_model", AS_MODEL],
  ["limits", LIMITS],
  ["answer_frame", ANSWER_FRAME],
  ["courtesy", COURTESY],
];

/** All of them as a trie whose matches are the kinds. */
export function buildLeftoverPhrases(): PhraseNode<LeftoverPhrase> {
  const root = new PhraseNode<LeftoverPhrase>();
  for (const [kind, phrases] of GROUPS) {
    for (const phrase of phrases.split(/[;\n]/)) {
      const words = wordsOfPhrase(phrase);
      if (words.length > 1) root.addLiteral(words, kind);
    }
  }
  return root;
}

/** Words that a phrase which names a model may be joined to; anything else makes it a person's: `as an AI researcher`. */
export const JOINED_TO_MODEL: ReadonlySet<string> = new Set(
  (
    "i my we and so but that which trained developed created designed based yo mi no y que pero entrenado entrenada desarrollado " +
    "desarrollada creado creada disenado disenada eu meu minha nao e mas treinado treinada desenvolvido desenvolvida criado criada"
  ).split(" "),
);

/** The first person, in three languages, as folded words. */
export const FIRST_PERSON: ReadonlySet<string> = new Set(
  (
    "i i'm i've i'd my me yo mi mis me soy puedo tengo carezco debo estoy dispongo poseo recomiendo fui eu meu meus minha minhas " +
    "sou posso tenho estou possuo devo recomendo"
  ).split(" "),
);
