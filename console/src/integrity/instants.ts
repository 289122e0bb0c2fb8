/** The contract's instants are UTC without a mark; a browser would take them for its own zone's. */
export function instantOf(text: string): string {
  return /[zZ]|[+-]\d\d:?\d\d$/.test(text) ? text : `${text}Z`;
}
