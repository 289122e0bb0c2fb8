/*
 * The formula's recommendations, which are stored and answered in Spanish (scoring/recommend.ts), for readers of the
 * other languages.
 */

export const recommendationsInEnglish: Readonly<Record<string, string>> = {
  "Revisar el caso con una persona responsable antes de tomar cualquier decisión":
    "Go through the case with a responsible person before taking any decision",
  "Reunir borradores, fuentes y versiones previas del documento":
    "Gather drafts, sources and earlier versions of the document",
  "Escuchar al autor y documentar sus explicaciones": "Hear the author and write down the explanations",
  "Comparar el estilo del documento con trabajos anteriores del mismo autor":
    "Compare the document’s style with earlier work by the same author",
  "Proponer una defensa oral breve sobre el contenido": "Propose a short oral defence of the content",
  "Verificar en su fuente original las referencias señaladas":
    "Check the reported references in their original source",
  "Contrastar los datos y resultados con sus registros de origen":
    "Compare data and results with the records they come from",
  "Solicitar el historial de versiones y los borradores": "Ask for the version history and the drafts",
  "Revisar con el autor el calendario de elaboración y entrega":
    "Go through the calendar of writing and delivery with the author",
  "Comprobar el origen y la calidad de las imágenes": "Check the origin and quality of the pictures",
  "Solicitar los archivos originales de figuras e imágenes":
    "Ask for the original files of figures and pictures",
  "No se observan indicios relevantes con la información aportada":
    "No relevant signs are seen with the information given",
  "Continuar con el proceso habitual de evaluación": "Go on with the usual process of assessment",
};

export const recommendationsInPortuguese: Readonly<Record<string, string>> = {
  "Revisar el caso con una persona responsable antes de tomar cualquier decisión":
    "Rever o caso com uma pessoa responsável antes de tomar qualquer decisão",
  "Reunir borradores, fuentes y versiones previas del documento":
    "Reunir rascunhos, fontes e versões anteriores do documento",
  "Escuchar al autor y documentar sus explicaciones": "Ouvir o autor e documentar as suas explicações",
  "Comparar el estilo del documento con trabajos anteriores del mismo autor":
    "Comparar o estilo do documento com trabalhos anteriores do mesmo autor",
  "Proponer una defensa oral breve sobre el contenido": "Propor uma defesa oral breve sobre o conteúdo",
  "Verificar en su fuente original las referencias señaladas":
    "Verificar na fonte original as referências assinaladas",
  "Contrastar los datos y resultados con sus registros de origen":
    "Confrontar os dados e resultados com os seus registros de origem",
  "Solicitar el historial de versiones y los borradores": "Solicitar o histórico de versões e os rascunhos",
  "Revisar con el autor el calendario de elaboración y entrega":
    "Rever com o autor o calendário de elaboração e entrega",
  "Comprobar el origen y la calidad de las imágenes": "Verificar a origem e a qualidade das imagens",
  "Solicitar los archivos originales de figuras e imágenes":
    "Solicitar os arquivos originais de figuras e imagens",
  "No se observan indicios relevantes con la información aportada":
    "Não se observam indícios relevantes com a informação fornecida",
  "Continuar con el proceso habitual de evaluación": "Continuar com o processo habitual de avaliação",
};
