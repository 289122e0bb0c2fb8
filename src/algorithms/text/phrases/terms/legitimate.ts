/** Phrases that the terms would take for their variants, and that are terms of their own or everyday language. */
export const LEGITIMATE_PHRASES = `
image acknowledgment; picture acknowledgment; profound learning experience; profound learning opportunity; remote sensor network; remote sensor node; neural organization; nervous organization
`;
