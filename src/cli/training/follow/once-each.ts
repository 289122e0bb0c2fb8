import type { EpochEvent, LogEvent, StatusEvent, StepEvent, TrainingListener } from "./live-events.ts";

/** Passes on what is new: events come live, and again from what the server has stored. */
export class OnceEach implements TrainingListener {
  readonly #listener: TrainingListener;
  /** Losses by epoch, as they were told. O(epochs). */
  readonly #epochs = new Map<number, EpochEvent["loss"]>();
  #lastLog: number | null = null;
  #status = "";

  constructor(listener: TrainingListener) {
    this.#listener = listener;
  }

  /** The newest line that was told; null before the first. */
  get lastLog(): number | null {
    return this.#lastLog;
  }

  /** Lines up to this one are old. */
  passOver(line: number): void {
    this.#lastLog = Math.max(line, this.#lastLog ?? 0);
  }

  status = (event: StatusEvent): void => {
    const text = JSON.stringify(event);
    if (text === this.#status) return;
    this.#status = text;
    this.#listener.status(event);
  };

  step = (event: StepEvent): void => this.#listener.step(event);

  /** An epoch that is trained again from a checkpoint is told again where it went otherwise. */
  epoch = (event: EpochEvent): void => {
    if (this.#epochs.has(event.epoch) && this.#epochs.get(event.epoch) === event.loss) return;
    this.#epochs.set(event.epoch, event.loss);
    this.#listener.epoch(event);
  };

  log = (event: LogEvent): void => {
    if (this.#lastLog !== null && event.id <= this.#lastLog) return;
    this.#lastLog = event.id;
    this.#listener.log(event);
  };

  connection = (lost: boolean): void => this.#listener.connection(lost);
}
