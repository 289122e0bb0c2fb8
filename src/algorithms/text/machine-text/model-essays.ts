import type { Language } from "../language.ts";

/**
 * Essays as a language model writes them when asked for one: written by a model for the measurement of this folder, before
 * its lists of phrases were. For tests only.
 */
export const MODEL_ESSAYS: readonly { readonly language: Language; readonly text: string }[] = [
  {
    language: "es",
    text: `La educación en línea ha transformado la manera en que las personas acceden al conocimiento en el mundo actual. En las últimas décadas, los avances tecnológicos han permitido que millones de estudiantes puedan aprender desde cualquier lugar, rompiendo barreras geográficas y económicas. Este ensayo explora las ventajas, los desafíos y el futuro de esta modalidad educativa.

En primer lugar, la educación en línea ofrece una flexibilidad sin precedentes. Los estudiantes pueden organizar su tiempo de acuerdo con sus necesidades personales y profesionales, lo que favorece un aprendizaje más autónomo. Además, el acceso a una amplia gama de recursos digitales permite enriquecer la experiencia educativa y adaptarla a diferentes estilos de aprendizaje. Esto resulta especialmente valioso para quienes deben combinar el estudio con otras responsabilidades.

Por otro lado, es importante reconocer que esta modalidad también presenta desafíos significativos. La falta de interacción presencial puede generar sentimientos de aislamiento y disminuir la motivación de los estudiantes. Asimismo, la brecha digital sigue siendo un obstáculo para muchas comunidades que no cuentan con una conexión estable. En este sentido, es fundamental que los gobiernos y las instituciones trabajen de manera conjunta para garantizar un acceso equitativo a la tecnología.

Además, el papel de los docentes resulta crucial en este proceso. No solo deben dominar las herramientas digitales, sino también desarrollar estrategias pedagógicas que fomenten la participación activa y el pensamiento crítico. La formación continua del profesorado se convierte, por lo tanto, en un elemento clave para asegurar la calidad de la enseñanza.

En conclusión, la educación en línea representa una herramienta poderosa para democratizar el conocimiento y promover el desarrollo de la sociedad. Si bien existen retos que deben ser superados, su potencial para transformar la vida de las personas es innegable. En última instancia, el éxito de esta modalidad dependerá de nuestra capacidad para construir un sistema educativo más inclusivo, equitativo y sostenible para las generaciones futuras.`,
  },
  {
    language: "es",
    text: `El cambio climático es uno de los desafíos más urgentes que enfrenta la humanidad en el siglo XXI. Sus efectos se manifiestan en todos los rincones del planeta, desde el aumento de las temperaturas hasta la pérdida de la biodiversidad. Comprender sus causas y consecuencias es esencial para desarrollar soluciones efectivas y sostenibles.

Una de las principales causas del cambio climático es la emisión de gases de efecto invernadero, resultado de la quema de combustibles fósiles, la deforestación y la actividad industrial. Estas prácticas han alterado profundamente el equilibrio de los ecosistemas y han puesto en riesgo el bienestar de las comunidades más vulnerables. Es importante destacar que las poblaciones que menos contribuyen al problema suelen ser las que más sufren sus consecuencias.

Asimismo, el cambio climático tiene un impacto significativo en la economía y en la salud pública. Los fenómenos meteorológicos extremos afectan la producción de alimentos, dañan la infraestructura y generan desplazamientos de población. A su vez, el deterioro de la calidad del aire y del agua incrementa la incidencia de enfermedades y agrava las desigualdades existentes.

Frente a esta realidad, resulta fundamental adoptar un enfoque integral que involucre a los gobiernos, las empresas y los ciudadanos. La transición hacia energías renovables, la protección de los bosques y el fomento de un consumo responsable son pasos imprescindibles en este camino. Además, la educación ambiental desempeña un papel clave, ya que permite formar personas conscientes y comprometidas con el cuidado del planeta.

En conclusión, el cambio climático exige una respuesta colectiva, coordinada y decidida. Cada acción, por pequeña que parezca, contribuye a la construcción de un futuro más justo y sostenible. Solo a través de la cooperación y del compromiso compartido será posible preservar los recursos naturales y garantizar una mejor calidad de vida para las generaciones presentes y futuras. El momento de actuar es ahora.`,
  },
  {
    language: "es",
    text: `La lectura es una de las actividades más enriquecedoras que puede realizar el ser humano. A través de los libros, las personas tienen la oportunidad de explorar nuevos mundos, adquirir conocimientos y desarrollar una comprensión más profunda de la realidad. En una era dominada por la tecnología y la información inmediata, fomentar el hábito de la lectura resulta más importante que nunca.

En primer lugar, la lectura estimula el desarrollo cognitivo y fortalece el pensamiento crítico. Al enfrentarse a diferentes ideas y perspectivas, el lector aprende a analizar, cuestionar y construir sus propias opiniones. Además, la lectura enriquece el vocabulario y mejora las habilidades de comunicación, lo que tiene un impacto positivo tanto en el ámbito académico como en el profesional.

En segundo lugar, la lectura desempeña un papel fundamental en el desarrollo emocional. Las historias permiten al lector ponerse en el lugar de los personajes y comprender sus emociones, lo que fomenta la empatía y el respeto hacia los demás. De esta manera, los libros se convierten en una herramienta valiosa para promover la convivencia y la tolerancia en una sociedad cada vez más diversa.

Sin embargo, es necesario reconocer que el hábito de la lectura enfrenta numerosos obstáculos en la actualidad. La presencia constante de las pantallas, la falta de tiempo y el acceso limitado a los libros son factores que dificultan su práctica. Por ello, es fundamental que las familias y las escuelas trabajen juntas para crear entornos que motiven a los jóvenes a descubrir el placer de leer.

En resumen, la lectura no solo es una fuente de entretenimiento, sino también una vía para el crecimiento personal y social. Promoverla significa invertir en una ciudadanía más informada, crítica y participativa. En definitiva, un país que lee es un país preparado para afrontar los desafíos del futuro con creatividad, responsabilidad y confianza.`,
  },
  {
    language: "pt",
    text: `A inteligência artificial tem transformado profundamente a forma como as pessoas vivem, trabalham e se relacionam. Nas últimas décadas, os avanços tecnológicos permitiram o desenvolvimento de sistemas capazes de realizar tarefas complexas com rapidez e precisão. Diante desse cenário, torna-se fundamental refletir sobre os benefícios, os desafios e as implicações éticas dessa tecnologia.

Em primeiro lugar, é importante destacar que a inteligência artificial oferece inúmeras oportunidades para a sociedade. Na área da saúde, por exemplo, ela contribui para diagnósticos mais rápidos e tratamentos mais eficazes. Na educação, possibilita a criação de experiências de aprendizagem personalizadas, adaptadas às necessidades de cada estudante. Além disso, no setor produtivo, a automação de processos aumenta a eficiência e reduz custos.

Por outro lado, o uso crescente dessas ferramentas também apresenta desafios significativos. A substituição de postos de trabalho, a concentração de dados em poucas empresas e a falta de transparência dos algoritmos são questões que exigem atenção. Nesse contexto, é essencial que governos, empresas e cidadãos atuem de forma conjunta para garantir que a tecnologia seja utilizada de maneira responsável.

Além disso, a formação de profissionais qualificados desempenha um papel crucial nesse processo. É necessário investir em educação e promover o desenvolvimento de competências como o pensamento crítico, a criatividade e a colaboração. Somente assim será possível preparar as novas gerações para um mercado de trabalho em constante transformação e para os desafios de uma economia cada vez mais digital.

Em conclusão, a inteligência artificial representa uma ferramenta poderosa, com potencial para melhorar a qualidade de vida das pessoas e impulsionar o desenvolvimento econômico. No entanto, seu uso deve ser guiado por princípios éticos e pelo compromisso com o bem-estar coletivo. Em última análise, o futuro dessa tecnologia dependerá das escolhas que a sociedade fizer no presente, buscando sempre o equilíbrio entre inovação, responsabilidade e inclusão.`,
  },
  {
    language: "pt",
    text: `A mobilidade urbana é um dos principais desafios enfrentados pelas grandes cidades no mundo contemporâneo. O crescimento acelerado da população, aliado ao aumento do número de veículos, tem gerado congestionamentos, poluição e uma redução significativa na qualidade de vida. Compreender esse problema e buscar soluções sustentáveis é essencial para o desenvolvimento das cidades.

Uma das principais causas desse cenário é a falta de investimentos em transporte público de qualidade. Em muitas regiões, ônibus e trens são insuficientes, desconfortáveis e pouco integrados, o que leva as pessoas a optarem pelo uso do carro particular. Como resultado, as vias ficam sobrecarregadas e o tempo de deslocamento aumenta consideravelmente, afetando a produtividade e o bem-estar da população de maneira cada vez mais intensa.

Além disso, é importante ressaltar os impactos ambientais e sociais associados à mobilidade urbana. A emissão de gases poluentes contribui para o agravamento das mudanças climáticas e para o surgimento de doenças respiratórias. Da mesma forma, a desigualdade no acesso ao transporte limita as oportunidades de trabalho, educação e lazer para as comunidades mais vulneráveis.

Diante desse contexto, torna-se necessário adotar uma abordagem integrada que envolva o planejamento urbano, a tecnologia e a participação da sociedade. A ampliação das ciclovias, a modernização do transporte coletivo e o incentivo ao uso de energias limpas são medidas que podem gerar um impacto positivo. Ademais, a conscientização da população desempenha um papel fundamental na construção de uma cultura de mobilidade mais sustentável.

Em suma, a mobilidade urbana exige ações coordenadas e um compromisso de longo prazo. Investir em soluções inovadoras e inclusivas não apenas melhora o trânsito, mas também promove cidades mais humanas, seguras e acessíveis. Dessa forma, será possível garantir um futuro mais equilibrado e sustentável, no qual todos os cidadãos possam usufruir dos espaços urbanos com dignidade, conforto e igualdade de oportunidades.`,
  },
  {
    language: "pt",
    text: `A saúde mental tem ganhado cada vez mais destaque nos debates da sociedade contemporânea. Em um mundo marcado pela rapidez das informações e pela pressão constante por resultados, cuidar do equilíbrio emocional tornou-se uma necessidade fundamental. Este texto discute a importância da saúde mental, seus principais desafios e as estratégias que podem contribuir para o bem-estar das pessoas.

Primeiramente, é fundamental compreender que a saúde mental vai além da ausência de doenças. Ela está relacionada à capacidade de lidar com as emoções, construir relações saudáveis e enfrentar as adversidades do cotidiano. Quando essa dimensão é negligenciada, o indivíduo pode apresentar dificuldades no trabalho, nos estudos e na convivência familiar, o que afeta diretamente a sua qualidade de vida e a de todos ao seu redor.

No entanto, ainda existem diversos obstáculos que dificultam o acesso ao cuidado adequado. O estigma, a falta de informação e a escassez de serviços públicos especializados são fatores que afastam as pessoas da ajuda profissional. Nesse sentido, é essencial que a sociedade promova espaços de diálogo abertos e acolhedores, nos quais todos se sintam seguros para expressar suas emoções.

Além disso, as escolas e as empresas desempenham um papel crucial na promoção do bem-estar. Programas de apoio psicológico, atividades de integração e políticas de flexibilidade podem criar ambientes mais saudáveis e produtivos. Da mesma forma, hábitos simples, como a prática de exercícios, o descanso adequado e o fortalecimento dos vínculos afetivos, contribuem significativamente para o equilíbrio emocional.

Em conclusão, cuidar da saúde mental é uma responsabilidade compartilhada entre indivíduos, instituições e governos. Ao investir em prevenção, acolhimento e educação emocional, é possível construir uma sociedade mais empática, justa e equilibrada. Em última análise, reconhecer a importância desse tema é o primeiro passo para garantir um futuro mais saudável e acolhedor para todos os cidadãos, sem qualquer distinção.`,
  },
];
