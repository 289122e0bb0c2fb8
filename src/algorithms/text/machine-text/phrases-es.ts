/**
 * Turns that language models use again and again in Spanish and that people use far less. Formulas of academic Spanish
 * (cabe señalar, por otra parte) are left out.
 */
export const PHRASES_ES = `
es importante destacar
es importante reconocer
es importante tener en cuenta
es importante considerar
es crucial que
resulta fundamental
resulta crucial
resulta esencial
resulta innegable
es innegable
juega un papel crucial
juega un papel fundamental
juegan un papel crucial
juegan un papel fundamental
desempeña un papel crucial
desempeña un papel fundamental
desempeña un papel clave
desempeñan un papel crucial
desempeñan un papel fundamental
desempeñan un papel clave
se convierte en un elemento clave
un elemento clave
piedra angular
en el mundo actual
en la sociedad actual
en la era digital
en un mundo cada vez más
en una sociedad cada vez más
en una era dominada
más importante que nunca
en constante evolución
en constante cambio
en constante transformación
una amplia gama de
un amplio abanico de
herramienta poderosa
poderosa herramienta
herramienta valiosa
valiosa herramienta
sin precedentes
desafíos significativos
desafíos y oportunidades
retos y oportunidades
enfrenta la humanidad
impacto significativo
impacto positivo
impacto profundo
de manera efectiva
de manera conjunta
de manera responsable
enfoque integral
enfoque holístico
soluciones efectivas
soluciones innovadoras
efectivas y sostenibles
comprensión más profunda
decisiones informadas
crecimiento personal
desarrollo personal y profesional
tanto a nivel personal como profesional
sentido de pertenencia
sentido de comunidad
sentido de propósito
calidad de vida para
inclusivo y equitativo
equitativo y sostenible
más justo y sostenible
más justa y equitativa
las generaciones futuras
generaciones presentes y futuras
ha transformado la manera
ha transformado la forma
ha revolucionado la forma
la manera en que las personas
la forma en que las personas
la forma en que vivimos
a lo largo de la historia ha
en última instancia
es uno de los desafíos
uno de los desafíos más
este ensayo explora
sienta las bases
sentar las bases
abre la puerta a
abre nuevas posibilidades
nos invita a reflexionar
invita a reflexionar
un testimonio de
rico tapiz
compromiso compartido
cada acción por pequeña
el momento de actuar
todo su potencial
máximo potencial
`;
