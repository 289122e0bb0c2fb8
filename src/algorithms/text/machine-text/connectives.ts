import type { Language } from "../language.ts";

/** Words that join a sentence to the one before it, where they open it. */
export const CONNECTIVES: Readonly<Record<Language, string>> = {
  en: `
additionally
furthermore
moreover
overall
ultimately
consequently
therefore
thus
however
nevertheless
nonetheless
similarly
likewise
firstly
secondly
thirdly
finally
lastly
first and foremost
in addition
in conclusion
in summary
in contrast
in essence
on the one hand
on one hand
on the other hand
as a result
for example
for instance
by contrast
`,
  es: `
además
asimismo
por otro lado
por otra parte
por un lado
por el contrario
sin embargo
no obstante
por lo tanto
por tanto
por ello
por ejemplo
de esta manera
de este modo
de igual manera
del mismo modo
en primer lugar
en segundo lugar
en tercer lugar
en este sentido
en este contexto
en consecuencia
en conclusión
en resumen
en definitiva
en última instancia
en suma
finalmente
frente a esta realidad
a su vez
`,
  pt: `
além disso
ademais
outrossim
por outro lado
por um lado
pelo contrário
no entanto
entretanto
contudo
todavia
portanto
assim
dessa forma
desse modo
da mesma forma
diante disso
diante desse contexto
diante desse cenário
nesse sentido
nesse contexto
em primeiro lugar
em segundo lugar
primeiramente
por exemplo
consequentemente
em conclusão
em resumo
em suma
em última análise
por fim
finalmente
`,
};
