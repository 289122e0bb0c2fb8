import type { Language } from "../language.ts";

/**
 * Words that carry grammar more than matter, so that they say more about who writes than about what. Folded as `foldWord`
 * has them, which is why `el` stands for `él` too. Frequent ones only: a rare word says nothing in a hundred.
 */
const WORDS: Readonly<Record<Language, string>> = {
  es: `el la los las lo un una unos unas al del de a en y e o u que se su sus es por con para como no ni mas pero sino
    porque aunque si cuando donde mientras pues ya muy tan tanto tambien tampoco este esta estos estas esto ese esa esos
    esas eso aquel aquella aquellos aquellas entre sobre sin desde hasta hacia segun durante tras ante contra mediante
    me te le les nos mi mis tu tus nuestro nuestra nuestros nuestras yo ella ellos ellas usted ustedes nosotros quien
    quienes cual cuales cuyo cuya cada todo toda todos todas otro otra otros otras mismo misma alguno alguna algunos
    algunas algo nada nadie ser son era eran fue fueron sido ha han habia haber hay estar estan estaba puede pueden
    poder tiene tienen asi entonces luego despues antes siempre nunca solo solamente bien mucho mucha muchos muchas
    poco menos ademas embargo`,
  en: `the a an of to in on at by for with from into as and or but nor so yet if than that which who whom whose what
    when where while because although though since until unless whether this these those there here it its he him his
    she her they them their we us our you your i me my is are was were be been being am has have had having do does did
    will would shall should can could may might must not no any some all both each every either neither few many much
    more most other another such same own one only also too very just even still again then thus hence therefore however
    about above after against among before between during over through under upon within without up out off down`,
  pt: `o a os as um uma uns umas ao aos do da dos das de em no na nos nas num numa por pelo pela pelos pelas com para
    sem sob sobre entre ate desde apos e ou nem mas porem que se como porque pois embora quando onde enquanto ja muito
    tao tanto tambem este esta estes estas isto esse essa esses essas isso aquele aquela aqueles aquelas aquilo me te
    lhe lhes seu sua seus suas meu minha meus minhas nosso nossa nossos nossas eu ele ela eles elas voce voces quem
    qual quais cujo cuja cada todo toda todos todas tudo outro outra outros outras mesmo mesma algum alguma alguns
    algumas algo nada ninguem nao ser sao era eram foi foram sido ha havia ter tem tinha esta estao estava pode podem
    poder assim entao depois antes sempre nunca so apenas bem mais menos pouco ainda alem quanto conforme segundo
    portanto contudo entretanto`,
};

/** Index of every function word of a language, in the list's order. */
export const FUNCTION_WORDS: Readonly<Record<Language, ReadonlyMap<string, number>>> = {
  es: indexed(WORDS.es),
  en: indexed(WORDS.en),
  pt: indexed(WORDS.pt),
};

function indexed(list: string): ReadonlyMap<string, number> {
  const words = new Set(list.split(/\s+/));
  return new Map([...words].map((word, index) => [word, index]));
}
