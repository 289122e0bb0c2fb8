import { type FieldFault, InvalidInput } from "../../../platform/errors/invalid-input.ts";

/** Longest part of something that a client wrote which a message repeats. */
const MOST_CHARACTERS = 60;
/** Nobody reads more of them. */
const MOST_WARNINGS = 50;

/** What is wrong with a configuration and what is strange about it, gathered while it is resolved. */
export class Findings {
  readonly #faults: FieldFault[] = [];
  readonly #warnings: string[] = [];
  #unsaid = 0;

  /** @param name dotted, as the client has it: `advanced_config.optimizer.nesterov`, `epochs` */
  refuse(name: string, msg: string): void {
    if (this.#faults.length < MOST_WARNINGS)
      this.#faults.push({ loc: ["body", ...name.split(".")], msg, type: "value_error" });
  }

  /** @param message a text, or what makes one where that takes time: it is asked only if it will be read */
  warn(message: string | (() => string)): void {
    if (this.#warnings.length < MOST_WARNINGS)
      this.#warnings.push(typeof message === "string" ? message : message());
    else this.#unsaid++;
  }

  get warnings(): readonly string[] {
    return this.#unsaid === 0 ? this.#warnings : [...this.#warnings, `${this.#unsaid} more warnings`];
  }

  /** @throws InvalidInput (422) with every fault at once */
  throwFaults(): void {
    if (this.#faults.length > 0) throw new InvalidInput(this.#faults);
  }
}

/** What a client wrote, as it may be repeated to them: short, on one line. */
export function quoted(text: string): string {
  const short = text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}...` : text;
  return JSON.stringify(short.toWellFormed());
}
