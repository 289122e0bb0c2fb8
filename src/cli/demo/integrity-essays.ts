/*
 * Two short essays in Spanish, written for the demonstration. The second takes passages of the first with small changes,
 * and holds what a careful reader would stumble over: a p value that does not follow from its t, a character that
 * nobody sees, and a citation that the list of references does not have.
 */

export const FIRST_ESSAY = `Los ríos urbanos y la memoria de la ciudad

Cuando una ciudad entierra sus ríos, no solo pierde agua: pierde una forma de orientarse. Durante el siglo pasado, muchos ayuntamientos de la región cubrieron los cauces con avenidas porque el tráfico parecía más urgente que la sombra de los sauces. Los vecinos de más edad todavía señalan el lugar donde se lavaba la ropa y donde los niños aprendían a nadar, aunque hoy solo quede una rejilla junto a la parada del autobús.

La recuperación de un cauce no consiste en levantar el asfalto y esperar. Primero hay que conocer el régimen de las crecidas, después decidir qué riberas pueden inundarse sin daño y, por último, acordar con los comercios de la zona un calendario de obras que no los arruine. En los tres municipios que se describen aquí, el acuerdo tardó más que la propia obra, y sin embargo fue lo que hizo posible que nadie pidiera volver a cubrir el río.

Los resultados no son iguales en todas partes. Donde se plantaron especies autóctonas, la temperatura de la calle bajó en verano y regresaron los martines pescadores; donde se prefirió el hormigón visto, el paseo quedó limpio pero vacío. La lección es modesta: un río recuperado necesita menos proyectistas y más jardineros, y necesita sobre todo que alguien lo visite cada semana con una libreta en la mano.

Referencias

Ortega, L. (2014). Aguas bajo el asfalto: historia de los cauces cubiertos. Editorial Ribera.
Salinas, M. y Peña, J. (2018). Vegetación de ribera y clima de barrio. Revista de Ecología Urbana, 12(3), 45-61.
`;

const ZERO_WIDTH_SPACE = "\u200b";

export const SECOND_ESSAY = `Recuperar el agua: tres casos de renaturalización

Este trabajo compara tres intervenciones recientes y se pregunta qué tienen en común. El punto de partida es conocido (Salinas y Peña, 2018): la vegetación de ribera modifica el clima de las calles cercanas. Otros autores han discutido el coste de estas obras (Ramírez, 2019), pero casi nadie ha preguntado a los vecinos.

Durante el siglo pasado, muchos ayuntamientos de la comarca cubrieron los cauces con avenidas porque el tráfico parecía más urgente que la sombra de los sauces. Los vecinos de más edad todavía señalan el lugar donde se lavaba la ropa y donde los niños aprendían a nadar, aunque ahora solo quede una rejilla junto a la parada del autobús.

Para medir el efecto se tomó la temper${ZERO_WIDTH_SPACE}atura a la misma hora en veinticinco calles con ribera plantada y en veinticinco sin ella. La diferencia fue de un grado y medio, y resultó significativa, t(48) = 2.10, p = .004. La encuesta posterior mostró que la mayoría de las personas caminaba más por las calles frescas que por las otras.

Conviene recordar que primero hay que conocer el régimen de las crecidas, después decidir qué riberas pueden inundarse sin daño y, por último, acordar con las tiendas de la zona un calendario de obras que no las arruine. Sin ese acuerdo, las mejores plantaciones se abandonan en dos veranos, como ocurrió en el segundo de los casos que aquí se comparan.

Referencias

Salinas, M. y Peña, J. (2018). Vegetación de ribera y clima de barrio. Revista de Ecología Urbana, 12(3), 45-61.
`;
