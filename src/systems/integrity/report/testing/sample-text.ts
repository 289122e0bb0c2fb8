/** An essay of about a thousand words with something for most rules; written for the tests. */
export const SAMPLE_TEXT = `Lectura y atención en la escuela secundaria: una revisión con datos propios 📚

Introducción

La lectura continuada exige un tipo de atención que la escuela ya no puede dar por supuesta. Durante la última década, diversos estudios han descrito cómo los estudiantes de secundaria leen más palabras al día que sus padres, pero en fragmentos más cortos y con más interrupciones (Ramírez y Soto, 2018). Este trabajo revisa esas investigaciones y añade una encuesta propia realizada en dos institutos de la misma ciudad. La pregunta que nos guía es sencilla: qué relación hay entre el tiempo que un estudiante dedica a leer sin interrupciones y su comprensión de textos largos.

Conviene decir desde el principio qué entendemos por lectura continuada. No se trata de leer deprisa ni de leer mucho, sino de permanecer en un texto el tiempo suficiente para que sus partes se relacionen entre sí. La definición que adopta este trabajo es la de Okafor (2015), que la describe como «la permanencia voluntaria en un texto de más de mil palabras, sin cambio de tarea, durante al menos quince minutos». Esa definición tiene la ventaja de poder medirse, aunque deja fuera formas de lectura que también importan, como la consulta o la relectura parcial.

Marco teórico

La atención sostenida es la capacidad de mantener el foco en una tarea durante un periodo prolongado, aunque haya estímulos que compitan con ella. En el aula, esa capacidad depende tanto de la persona como del entorno: un estudiante que se concentra en casa puede no hacerlo en una sala ruidosa. La comprensión lectora, por su parte, no es una habilidad única, sino el resultado de varias que se apoyan unas en otras: reconocer palabras, recordar lo leído, inferir lo que no se dice y vigilar la propia comprensión. Cuando la atención se interrumpe, lo primero que se pierde es esa vigilancia, y el lector no advierte que ha dejado de entender.

Los modelos recientes de aprendizaje profundo para evaluar la lectura, que algunos autores llaman conciencia counterfeit, prometen medir la comprensión a partir del movimiento de los ojos. Sus resultados son interesantes, pero proceden de muestras pequeñas y de textos escogidos. Las redes neuronales que se usan en ellos requieren muchos datos, y los datos de menores de edad deben tratarse con especial cuidado. Por eso esta revisión se limita a estudios que miden la comprensión con preguntas abiertas, corregidas por dos personas que no conocen las respuestas de la otra.

Método

La encuesta se pasó a 120 estudiantes de dos institutos públicos. Participaron 64 chicas y 58 chicos, de entre 14 y 16 años. Cada estudiante leyó un texto de 1200 palabras y respondió a diez preguntas, puntuadas de 1 a 5 con números enteros. Antes de la lectura se preguntó por el tiempo diario de lectura sin interrupciones, en minutos. Las familias firmaron un consentimiento y los datos se guardaron sin nombres. La media de satisfacción con la prueba, en una escala de 1 a 5 y con 25 respuestas, fue de 3,47.

Resultados

El grupo que leía más de treinta minutos diarios obtuvo mejores resultados en la prueba que el grupo que leía menos, t(118) = 2,31, p = 0,002. La diferencia es moderada y se mantiene cuando se tiene en cuenta la edad. De los 120 estudiantes, 45 (41,2 %) leían más de treinta minutos diarios. En las preguntas de inferencia la diferencia fue mayor que en las de memoria, lo que coincide con lo que cabía esperar según el marco teórico. No se encontraron diferencias entre los dos institutos, F(1, 118) = 0,42, p = 0,518.

Como modelo de lenguaje, no puedo acceder a los datos originales, pero los resultados sugieren una tendencia clara. La tabla siguiente resume las respuestas por curso. Los estudiantes de tercero leen menos que los de primero, aunque comprenden mejor lo que leen, quizá porque escogen mejor sus lecturas. Este dato merece una investigación propia, con más centros y con textos de distintos géneros.

Discusión

La lectura en pantalla no es en sí misma peor que la lectura en papel; lo que cambia es la facilidad con la que el lector abandona el texto. Varios metaanálisis muestran una ventaja pequeña pero constante del papel en textos informativos, que desaparece en los textos narrativos y que se reduce cuando el lector dispone de tiempo ilimitado (Delgado et al., 2018). La explicación más aceptada es que la pantalla invita a un procesamiento superficial, no que la pantalla impida un procesamiento profundo. De ahí que las intervenciones más prometedoras no consistan en retirar los dispositivos, sino en enseñar a los estudiantes a fijarse metas de lectura y a revisar si las han cumplido.

La eva\u200bluación de la compre\u200bnsión debería incluir textos completos. Una prueba con fragmentos de doscientas palabras mide otra cosa: la capacidad de resolver preguntas sobre fragmentos. Si la escuela quiere lectores capaces de sostener la atención, tiene que dar tiempo para ello y valorar lo que se hace en ese tiempo. Las experiencias con media hora diaria de lectura libre son alentadoras, aunque sus efectos se miden mal y a menudo sin grupo de comparación.

Hay también razones para la prudencia. La encuesta propia es pequeña, se hizo en una sola ciudad y se apoya en lo que los estudiantes dicen de sí mismos. La relación entre tiempo de lectura y comprensión puede deberse a otras causas: la familia, la escuela primaria, el gusto por estudiar. Un diseño con medidas repetidas permitiría separar algunas de ellas. Mientras tanto, las conclusiones deben leerse como indicios y no como pruebas.

Conclusiones

La lectura continuada y la comprensión de textos largos van juntas en los estudios revisados y en nuestra encuesta. No sabemos todavía cuál de las dos tira de la otra. Sí sabemos que la atención se entrena, que el entorno importa y que la escuela puede reservar tiempo para leer sin interrupciones. En conclusión, es importante destacar que la lectura desempeña un papel crucial en el desarrollo integral de los estudiantes en el mundo actual.

Referencias

Delgado, P., Vargas, C., Ackerman, R. y Salmerón, L. (2018). Don't throw away your printed books: A meta-analysis on the effects of reading media on reading comprehension. Educational Research Review, 25, 23-38. https://doi.org/10.1016/j.edurev.2018.09.003

Okafor, N. (2015). Staying with a text: Voluntary attention in adolescent readers. Reading Studies, 12(3), 45-61.

Quintana, M. (2031). La lectura que viene. Ediciones del Puerto.

Valdés, R. (2009). Leer en grupo. Revista de Didáctica, 4(1), 11-29. doi:10.1234/rd/
`;

/** A source of which the essay's discussion takes over some sentences with changes. */
export const SAMPLE_SOURCE = `Papel y pantalla en la lectura adolescente

Es un lugar común afirmar que las pantallas estropean la lectura. Los datos son menos rotundos. La lectura en pantalla no es en sí misma peor que la lectura en papel; lo que cambia es la facilidad con que el lector deja el texto. Diversos metaanálisis muestran una ventaja pequeña pero constante del papel en textos informativos, que desaparece en los textos narrativos y se reduce cuando el lector dispone de tiempo ilimitado. La explicación más aceptada es que la pantalla invita a un procesamiento superficial, no que la pantalla impida un procesamiento profundo. Por eso las intervenciones más prometedoras no consisten en retirar los dispositivos, sino en enseñar a los estudiantes a fijarse metas de lectura.
`;

/** A case whose words stand in the essay as they are. */
export const SAMPLE_OTHER_CASE = `Trabajo de curso. Bases psicológicas de la lectura.

La atención sostenida es la capacidad de mantener el foco en una tarea durante un periodo prolongado, aunque haya estímulos que compitan con ella. En el aula, esa capacidad depende tanto de la persona como del entorno: un estudiante que se concentra en casa puede no hacerlo en una sala ruidosa. De esto hablaremos en la segunda parte.
`;
