/** Spanish words of academic prose, by what they do in a sentence: ours, for generated documents. */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);
const lines = (text: string): readonly string[] =>
  text
    .trim()
    .split("\n")
    .map((line) => line.trim());

export interface Topic {
  readonly name: string;
  readonly masculine: readonly string[];
  readonly feminine: readonly string[];
  readonly adjectives: readonly string[];
}

export const TOPICS: readonly Topic[] = [
  {
    name: "la educación",
    masculine: list(
      "alumno docente currículo aula colegio aprendizaje bachillerato examen maestro profesor tutor cuaderno calendario recreo posgrado diploma pupitre laboratorio seminario taller",
    ),
    feminine: list(
      "escuela enseñanza asignatura pedagogía didáctica universidad lectura escritura evaluación tarea matrícula vocación biblioteca tutoría beca calificación competencia carrera titulación alfabetización",
    ),
    adjectives: list(
      "escolar pedagógico didáctico académico universitario docente infantil curricular formativo bilingüe lector memorístico",
    ),
  },
  {
    name: "el medio ambiente",
    masculine: list(
      "bosque río suelo clima residuo glaciar ecosistema océano humedal combustible reciclaje hábitat páramo manglar arrecife vertedero carbono incendio caudal sedimento",
    ),
    feminine: list(
      "especie cuenca sequía lluvia contaminación deforestación biodiversidad energía emisión temperatura fauna flora atmósfera reserva minería erosión pesca montaña selva inundación",
    ),
    adjectives: list(
      "ambiental ecológico climático forestal hídrico marino renovable tóxico silvestre sostenible fluvial endémico",
    ),
  },
  {
    name: "la salud pública",
    masculine: list(
      "paciente hospital tratamiento síntoma diagnóstico médico virus medicamento enfermero contagio embarazo cáncer corazón músculo tabaco alcohol fármaco quirófano seguro anticuerpo",
    ),
    feminine: list(
      "enfermedad vacuna dosis epidemia dieta clínica cirugía infección obesidad diabetes mortalidad higiene terapia consulta prevención salud sangre fiebre nutrición ambulancia",
    ),
    adjectives: list(
      "clínico sanitario crónico médico quirúrgico viral hospitalario nutricional respiratorio epidémico materno cardíaco",
    ),
  },
  {
    name: "la economía",
    masculine: list(
      "mercado salario impuesto banco crédito empleo consumidor comercio presupuesto precio capital ahorro arancel déficit contrato empresario inversor subsidio dividendo monopolio",
    ),
    feminine: list(
      "empresa inflación deuda inversión moneda demanda oferta renta exportación fábrica competitividad quiebra tasa bolsa riqueza pobreza desigualdad industria aduana hipoteca",
    ),
    adjectives: list(
      "económico financiero laboral fiscal bancario monetario comercial salarial productivo empresarial agrícola rentable",
    ),
  },
  {
    name: "el derecho",
    masculine: list(
      "juez tribunal delito contrato abogado código fiscal testigo proceso castigo indulto acusado parlamento decreto notario jurado reglamento litigio mandato recurso",
    ),
    feminine: list(
      "ley sentencia norma constitución pena prueba víctima justicia condena demanda apelación cárcel libertad propiedad herencia ciudadanía jurisdicción audiencia fianza denuncia",
    ),
    adjectives: list(
      "jurídico penal legal civil judicial constitucional procesal mercantil ilícito notarial punitivo parlamentario",
    ),
  },
  {
    name: "la tecnología",
    masculine: list(
      "algoritmo programa dato usuario teléfono ordenador servidor sensor robot código dispositivo navegador archivo procesador videojuego satélite circuito protocolo buscador cifrado",
    ),
    feminine: list(
      "red pantalla aplicación plataforma contraseña nube máquina privacidad batería conexión automatización interfaz memoria cámara página noticia herramienta impresora antena ciberseguridad",
    ),
    adjectives: list(
      "digital informático virtual automático inteligente electrónico móvil portátil interactivo inalámbrico robótico remoto",
    ),
  },
  {
    name: "la historia",
    masculine: list(
      "imperio siglo rey ejército tratado virreinato pueblo archivo campesino territorio caudillo cronista esclavo palacio puerto congreso exilio golpe bando conquistador",
    ),
    feminine: list(
      "guerra revolución colonia independencia frontera monarquía república batalla dinastía crónica nobleza iglesia reforma conquista encomienda corona alianza rebelión nación hacienda",
    ),
    adjectives: list(
      "colonial medieval imperial histórico militar republicano indígena feudal monárquico diplomático bélico eclesiástico",
    ),
  },
  {
    name: "la literatura",
    masculine: list(
      "poema narrador verso autor personaje lector cuento ensayo relato género teatro símbolo manuscrito prólogo romance estilo editor crítico desenlace monólogo",
    ),
    feminine: list(
      "novela metáfora poesía trama escena rima prosa ficción tragedia comedia ironía biografía traducción leyenda estrofa antología vanguardia voz imagen censura",
    ),
    adjectives: list(
      "literario poético narrativo lírico dramático épico satírico barroco fantástico verosímil autobiográfico romántico",
    ),
  },
];

export const MASCULINE = list(`
  estudio análisis método resultado proceso problema modelo sistema concepto grupo nivel cambio efecto factor ejemplo
  objetivo trabajo contexto enfoque aspecto elemento desarrollo fenómeno hecho argumento caso periodo criterio conflicto
  impacto valor riesgo recurso interés conocimiento debate informe hallazgo marco punto plano sentido papel rasgo vínculo
  principio supuesto dilema límite margen ámbito espacio tiempo cuerpo país gobierno estado individuo sujeto ciudadano
  joven adulto hombre padre hijo vecino barrio entorno paisaje camino avance retroceso logro fracaso intento esfuerzo
  propósito motivo origen destino futuro pasado presente discurso lenguaje mensaje texto documento libro capítulo título
  número porcentaje promedio índice indicador gráfico cuadro mapa esquema dibujo diseño plan proyecto acuerdo pacto
  derecho deber orden control poder dominio equilibrio contraste paralelo giro salto freno impulso ritmo ciclo eje
  núcleo fondo detalle matiz indicio rastro testimonio recuerdo olvido silencio miedo deseo gusto hábito oficio cargo
  movimiento pensamiento sentimiento crecimiento nacimiento rendimiento procedimiento planteamiento cumplimiento
  descubrimiento acontecimiento agotamiento aislamiento ordenamiento consentimiento entrenamiento alojamiento lanzamiento
  realismo humanismo pesimismo optimismo periodismo turismo racismo egoísmo civismo mecanismo organismo espejismo
  puente viaje paisaje lenguaje mensaje personaje equipaje mestizaje oleaje porcentaje arbitraje espionaje homenaje
  color calor dolor rumor humor temor sabor olor vapor motor sector rector pintor escritor lector actor tutor
  puesto servicio beneficio costo gasto ingreso producto material instrumento experimento ensayo cuestionario registro`);

export const FEMININE = list(`
  investigación sociedad cultura relación persona situación idea teoría práctica política forma manera parte vida
  experiencia información actividad condición necesidad posibilidad dificultad realidad influencia importancia función
  estructura causa consecuencia diferencia perspectiva hipótesis muestra encuesta entrevista pregunta respuesta opinión
  decisión acción estrategia propuesta medida solución tendencia ventaja desventaja capacidad habilidad actitud conducta
  comunidad familia mujer niña población generación institución organización autoridad participación comunicación palabra
  frase tesis premisa crítica duda certeza evidencia fuente cita obra época etapa fase crisis transición ruptura mejora
  pérdida ganancia reducción distribución variación comparación clasificación definición descripción interpretación
  explicación conclusión reflexión discusión revisión lectura mirada visión creencia tradición costumbre identidad memoria
  esperanza confianza responsabilidad exigencia obligación promesa amenaza barrera brecha distancia escala línea base cifra
  cantidad calidad frecuencia intensidad dimensión variable categoría serie lista tabla figura región zona ciudad calle
  transformación formación creación utilización alteración ocupación revelación representación confirmación aceptación
  orientación integración separación vinculación asociación renovación conservación superación justificación verificación
  identificación simplificación planificación articulación regulación provocación estimación aceleración ampliación
  negociación motivación inspiración recuperación preparación composición oposición exposición disposición suposición
  atención intención invención convención proporción excepción recepción percepción adopción construcción destrucción
  producción traición posición petición repetición competición tentación citación votación fundación duración
  paciencia violencia presencia ausencia tolerancia vigilancia abundancia constancia elegancia ignorancia resistencia
  claridad oscuridad igualdad seguridad soledad lealtad crueldad humildad curiosidad velocidad unidad verdad edad
  belleza tristeza pureza certidumbre muchedumbre altura anchura cultura ternura lectura cobertura apertura aventura
  casa puerta mano mente emoción pasión fuerza presión tensión carga energía señal huella raíz rama cadena trayectoria`);

export const ADJECTIVES = list(`
  social nuevo importante general principal posible necesario diferente propio humano real claro complejo común particular
  actual reciente antiguo moderno positivo negativo alto bajo amplio breve profundo evidente central local nacional mundial
  regional urbano rural público privado colectivo individual familiar personal cultural político teórico práctico empírico
  cualitativo cuantitativo relevante significativo suficiente limitado parcial completo constante frecuente gradual rápido
  lento temprano tardío previo posterior externo interno directo indirecto abierto cerrado estricto flexible estable
  frágil sólido débil fuerte intenso leve grave urgente crítico decisivo notable visible oculto explícito implícito formal
  informal simple múltiple único diverso similar opuesto ajeno cercano lejano primario secundario esencial accesorio válido
  dudoso cierto falso justo injusto libre obligatorio voluntario activo pasivo tradicional contemporáneo permanente
  transitorio simbólico material moral ético emocional racional natural artificial global singular preciso ambiguo coherente
  contradictorio fértil árido pleno escaso abundante minucioso riguroso sugerente polémico inédito cotidiano`);

/** Transitive, regular or nearly so. */
export const VERBS = list(`
  analizar estudiar mostrar presentar explicar observar desarrollar transformar generar afectar determinar considerar
  señalar plantear examinar comparar evaluar modificar aumentar limitar favorecer formar crear usar utilizar aplicar
  mejorar alterar ocupar revelar reflejar representar abordar destacar indicar confirmar cuestionar rechazar aceptar apoyar
  orientar organizar integrar separar vincular asociar reforzar renovar conservar superar enfrentar resolver responder
  comprender aprender entender defender extender vender ofender depender conceder proceder exceder suceder permitir
  definir describir dividir recibir cumplir asumir resumir decidir discutir compartir imprimir sugerir añadir unir
  interpretar justificar clasificar verificar identificar simplificar planificar modelar articular regular vigilar controlar
  ordenar clausurar iniciar terminar provocar evitar alcanzar lograr buscar necesitar esperar ignorar olvidar recordar
  nombrar citar anotar registrar calcular estimar medir contar sumar restar acelerar frenar ampliar restringir recortar
  financiar gestionar administrar negociar acordar promover impulsar motivar inspirar desafiar amenazar proteger cuidar
  atender acompañar visitar habitar recorrer atravesar abandonar rescatar recuperar completar preparar diseñar ensayar
  proponer exponer suponer imponer contener sostener mantener obtener retener detallar precisar matizar ilustrar subrayar
  advertir convertir invertir preferir requerir adquirir transferir admitir emitir omitir transmitir difundir confundir`);

export const ADVERBS = list(`
  claramente generalmente actualmente principalmente especialmente frecuentemente parcialmente directamente también todavía
  apenas casi siempre nunca además quizá pronto lentamente rápidamente justamente difícilmente raramente solamente
  plenamente abiertamente silenciosamente paulatinamente notablemente ciertamente igualmente históricamente localmente`);

/** Fixed phrases: what independent texts have in common by chance. */
export const OPENINGS = lines(`
  Sin embargo,
  Por otra parte,
  Por otro lado,
  En este sentido,
  Por lo tanto,
  De este modo,
  Además,
  Asimismo,
  En primer lugar,
  En segundo lugar,
  Por último,
  Es decir,
  No obstante,
  En consecuencia,
  Por ejemplo,
  De hecho,
  En otras palabras,
  A diferencia de lo anterior,
  Cabe señalar que
  Es importante destacar que
  Se puede afirmar que
  Conviene recordar que
  Hay que tener en cuenta que
  No cabe duda de que
  Es probable que, en la práctica,
  Desde este punto de vista,
  A partir de lo anterior,
  En la actualidad,
  Con el paso del tiempo,
  En términos generales,
  Hoy en día,
  A pesar de todo,
  Visto así,
  Por esta razón,
  Ahora bien,
  Al mismo tiempo,
  En definitiva,
  Dicho de otra manera,
  Durante los últimos años,
  Hasta ahora,`);

/** What ties a noun phrase to a sentence. */
export const TIES = lines(`
  en el caso de
  a partir de
  con respecto a
  a lo largo de
  por medio de
  a través de
  en función de
  dentro de
  en relación con
  a causa de
  frente a
  además de
  en torno a
  en contra de
  a favor de
  gracias a
  más allá de
  en ausencia de
  junto con
  según
  para
  sobre
  entre
  con
  sin
  por
  desde
  hacia
  durante
  mediante
  ante
  bajo
  tras
  contra`);

export const JOINTS = lines(`
  porque
  aunque
  mientras que
  ya que
  puesto que
  cuando
  de modo que
  y
  pero
  si bien
  donde
  por lo que
  como
  y, a su vez,
  sin que
  en tanto que
  a medida que
  pues`);

export const SURNAMES = list(`
  García Martínez López Sánchez Pérez Gómez Fernández Ruiz Díaz Moreno Álvarez Romero Navarro Torres Domínguez Vargas Ramos
  Gil Serrano Blanco Molina Castro Ortega Rubio Marín Iglesias Medina Cortés Castillo Guerrero Lozano Cano Prieto Méndez
  Cruz Herrera Peña Flores Cabrera Campos Vega Fuentes Carrasco Reyes Aguilar Pascual Santana Lorenzo Montero Ibáñez`);

export const GIVEN_NAMES = list(`
  Ana Luis María Carlos Elena Jorge Lucía Andrés Sofía Diego Paula Javier Marta Pablo Laura Raúl Inés Óscar Clara Tomás`);
