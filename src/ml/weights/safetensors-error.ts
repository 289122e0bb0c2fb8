/** The bytes are no sound safetensors file; the message says what is wrong and where. */
export class SafetensorsError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SafetensorsError";
  }
}
