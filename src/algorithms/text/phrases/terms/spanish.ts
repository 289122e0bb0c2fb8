/** Terms in Spanish; written as in `computing.ts`. Plurals need no entry of their own. */
export const SPANISH_TERMS = `
inteligencia(conciencia|cerebro) artificial(falsificada|fingida|postiza|contrahecha);
inteligencia artificial(falsificado); aprendizaje profundo(hondo); aprendizaje profundo(insondable);
aprendizaje de máquina(artilugio|aparato|dispositivo); aprendizaje supervisado(vigilado);
aprendizaje no supervisado(vigilado); aprendizaje por refuerzo(fortificación|fortalecimiento);
aprendizaje por transferencia(traslado|mudanza);
red(organización|malla) neuronal(nerviosa|neurótica); red neuronal(nerviosa|neurótica|cerebral);
red neuronal artificial(falsa|falsificada|postiza); red neuronal convolucional(enrevesada|retorcida);
red neuronal recurrente(intermitente|repetitiva); red neuronal profunda(honda);
propagación(proliferación) hacia atrás; función de pérdida(desgracia|extravío|desventura);
función de activación(promulgación); descenso(caída|desplome) de gradiente;
descenso de gradiente(pendiente|ángulo|inclinación) estocástico; descenso de gradiente(ángulo|inclinación);
capa oculta(encubierta); neurona oculta(escondida|secreta|encubierta);
bosque(selva|arboleda) aleatorio(arbitrario|irregular|fortuito|casual);
bosque aleatorio(arbitrario|irregular|azaroso|fortuito); bosque(selva|arboleda|matorral) aleatorio;
árbol(planta|arbusto) de decisión; árbol de decisión(elección) para;
máquina de vectores de soporte(ayuda|respaldo|sostén|socorro); vector de soporte(ayuda|respaldo|sostén|socorro);
regresión(recaída|relapso|retroceso) lineal; regresión(recaída|relapso|retroceso) logística;
regresión lineal(recta); regresión logística(calculada|estratégica); bayes ingenuo(crédulo|inocente|incauto);
agrupamiento k medias(medios|promedios); lógica(razón) difusa(peluda|esponjosa|velluda);
lógica difusa(peluda|esponjosa|mullida|velluda); conjunto difuso(peludo|esponjoso|mullido);
sistema difuso(peludo|esponjoso|mullido);
algoritmo(cálculo) genético(hereditario); algoritmo genético(hereditario); algoritmo evolutivo(transformador);
enjambre(muchedumbre|multitud) de partículas; enjambre de partículas(moléculas);
recocido(endurecimiento) simulado; recocido simulado(imitado|fingido|recreado);
matriz de confusión(desorden|desconcierto|perplejidad|desbarajuste); curva(doblez|recodo) roc;
validación(aprobación) cruzada; error cuadrático(rectangular) medio;
error(desatino|disparate|metedura) cuadrático; error absoluto(rotundo|supremo) medio;
análisis de componentes(segmentos|piezas) principales;
extracción de características(rasgos|destacados|atributos) de imágenes; selección de características(destacados);
vector de características(destacados); desvanecimiento(evaporación) del gradiente; minería(excavación) de datos;
minería de datos(informaciones); almacén(bodega|depósito) de datos(informaciones); datos(informaciones) masivos;
grandes datos(informaciones); series temporales(temporarias);
computación(figuración|registro) en la nube; computación en la nube(neblina|bruma|nubosidad);
internet de las cosas(materias|asuntos); internet de los objetos(artículos);
red de sensores inalámbricos(remotos|sin_hilos) distribuida; contrato inteligente(sagaz|perspicaz);
teléfono inteligente(sabio|astuto|sagaz|perspicaz); red eléctrica inteligente(sabia|astuta|sagaz);
denegación(repudio|negativa|rechazo) de servicio distribuida; denegación de servicio(administración);
detección de intrusiones(interrupciones); calidad de servicio(administración) de la red;
relación señal(bandera|letrero) a ruido; relación señal(bandera|letrero) ruido;
ruido(clamor|conmoción|alboroto|griterío) blanco; ruido(clamor|conmoción|alboroto|griterío) gaussiano;
cadena de bloques(cuadras|manzanas); unidad central de procesamiento(preparación);
procesamiento(preparación) del lenguaje(dialecto) natural; procesamiento(preparación) de imágenes;
procesamiento de lenguaje(dialecto) natural; reconocimiento(agradecimiento|acuse) facial;
reconocimiento(agradecimiento|acuse) de voz; reconocimiento(agradecimiento|acuse) de patrones;
reconocimiento de patrones(ejemplos|diseños); reconocimiento(agradecimiento|acuse) del habla;
visión por computadora(pc); visión artificial(postiza|falsificada);
cáncer(peligro|amenaza) de mama(busto|seno_materno); cáncer de mama(busto|ubre); tumor de mama(busto);
cáncer(peligro|amenaza) de pulmón; sistema(marco|armazón) inmunológico(insusceptible|invulnerable);
sistema(marco|armazón) inmune; respuesta inmune(insusceptible|invulnerable);
respuesta(contestación) inmunológica; insuficiencia(desilusión|decepción) renal;
insuficiencia(desilusión|decepción) cardíaca; insuficiencia(desilusión|decepción) cardiaca;
insuficiencia(desilusión|decepción) respiratoria; insuficiencia(desilusión|decepción) hepática;
resonancia(reverberación) magnética(atractiva); resonancia magnética(atractiva);
tomografía computarizada(figurada|registrada); sistema nervioso(ansioso|inquieto) central;
médula espinal(espinosa); ensayo(preliminar) clínico; ensayo clínico(preliminar) aleatorizado(arbitrario);
esclerosis(endurecimiento) múltiple; esclerosis múltiple(numerosa|diversa|varia);
intolerancia(fanatismo|prejuicio) a la lactosa; ácido(corrosivo) láctico; ácido(corrosivo) cítrico;
ácido(corrosivo) clorhídrico; ácido(corrosivo) sulfúrico; ácido(corrosivo) nítrico; ácido(corrosivo) acético;
ácido(corrosivo) graso; ácido graso(grasiento|aceitoso); ácido(corrosivo) nucleico; ácido(corrosivo) fólico;
expresión(articulación) génica; muerte(fallecimiento|deceso) celular; célula(celda|celular) madre(mamá);
célula madre(mamá|progenitora); estrés(presión) oxidativo; presión(peso) arterial alta;
energía(vitalidad) solar; energía(vitalidad) eólica; energía(vitalidad) cinética; energía(vitalidad) renovable;
energía(vitalidad) térmica; energía cinética(motora); eficiencia(pericia) energética;
efecto invernadero(vivero|guardería); gas de efecto invernadero(vivero|guardería);
gases de invernadero(vivero|guardería); calentamiento(caldeamiento) global; huella(impresión) de carbono de;
transferencia(traslado|mudanza) de calor(calidez|tibieza); transferencia de calor(calidez|tibieza);
intercambiador de calor(calidez|tibieza); método de elementos(componentes) finitos(restringidos|limitados);
película(filme) delgada(esbelta|flaca); metal pesado(corpulento|abrumador); rugosidad(desagrado) superficial;
resistencia(oposición) a la insulina; resistencia(oposición) a los antibióticos;
punto de ebullición(burbujeo|hervor); transformada(cambio) de fourier; transformada rápida(veloz) de fourier;
producto interno bruto(grosero|bestia); producto interior bruto(grosero|bestia);
tasa de interés(intriga|curiosidad); desviación(digresión) estándar; desviación estándar(popular);
intervalo(ínterin) de confianza; intervalo de confianza(certidumbre);
`;

/** What is put for words of any of them. */
export const SPANISH_SUBSTITUTES = `
algoritmo: cálculo
artificial: falsa falso simulada sintética fabricada
clasificación: agrupación arreglo
datos: informaciones
inteligencia: conciencia intelecto percepción
matriz: cuadrícula enrejado
profundo: hondo
red: organización asociación
resonancia: reverberación
sistema: marco
`;
