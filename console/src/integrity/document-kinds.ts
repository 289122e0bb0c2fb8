/** Files that can be read, as `<input accept>`. */
export const DOCUMENTS = ".pdf,.docx,.odt,.html,.htm,.md,.txt";
