import type { WriteStream } from "node:tty";
import { MultiBar, type SingleBar } from "cli-progress";
import { durationText, figureText, percentText } from "../units.ts";
import type { EpochEvent, LogEvent, StatusEvent, StepEvent, TrainingListener } from "./live-events.ts";

/** How a job goes, for a person to watch. */
export interface TrainingView extends TrainingListener {
  /** Nothing is shown after this. */
  end(): void;
}

/** Where it is shown: a bar below a line for each epoch on a terminal, elsewhere the lines alone. */
export type Screen = Pick<WriteStream, "write"> & { readonly isTTY?: boolean };

const BAR_CELLS = 16;
/** Whole run. */
const BAR_TOTAL = 10_000;

export function openTrainingView(jobId: number, screen: Screen = process.stderr): TrainingView {
  return new ScreenView(jobId, screen);
}

class ScreenView implements TrainingView {
  readonly #jobId: number;
  readonly #screen: Screen;
  #bars: MultiBar | null = null;
  #bar: SingleBar | null = null;
  #told: StatusEvent["status"] | null = null;
  #epochs = 0;
  #current = 0;
  #eta: number | null = null;
  #accuracy: EpochEvent["accuracy"] = null;

  constructor(jobId: number, screen: Screen) {
    this.#jobId = jobId;
    this.#screen = screen;
  }

  status = (event: StatusEvent): void => {
    this.#epochs = event.total_epochs;
    this.#current = event.current_epoch;
    this.#eta = event.eta_seconds ?? null;
    if (event.status !== this.#told) this.#line(`job ${this.#jobId} is ${event.status}`);
    this.#told = event.status;
  };

  step = (event: StepEvent): void => {
    const steps = event.steps_per_epoch ?? null;
    const within = steps === null ? 0 : event.step / Math.max(1, steps);
    this.#show(event.epoch, event.epoch - 1 + within, [
      steps === null ? `step ${event.step}` : `step ${event.step}/${steps}`,
      ...figures(event, this.#accuracy),
      ...this.#etaText(),
    ]);
  };

  epoch = (event: EpochEvent): void => {
    this.#accuracy = event.accuracy;
    const width = String(this.#epochs).length;
    // the time to go is now's, not that of an epoch which is told later
    const shown = [
      ...figures(event, event.accuracy),
      ...(event.epoch < this.#current ? [] : this.#etaText()),
    ];
    this.#line(`epoch ${String(event.epoch).padStart(width)}/${this.#epochs}  ${shown.join("  ")}`);
    this.#show(event.epoch, event.epoch, shown);
  };

  log = ({ level, message }: LogEvent): void => {
    if (level !== "info") this.#line(`${level}: ${message}`);
  };

  connection = (lost: boolean): void => {
    this.#line(lost ? "the server cannot be reached; trying again" : "the server is there again");
  };

  end(): void {
    this.#bars?.update(); // lines that wait for the next frame
    this.#bars?.stop();
    this.#bars = null;
    this.#bar = null;
  }

  #etaText(): string[] {
    return this.#eta === null ? [] : [`ETA ${durationText(this.#eta)}`];
  }

  #line(text: string): void {
    if (this.#bars === null) this.#screen.write(`${text}\n`);
    else this.#bars.log(`${text}\n`);
  }

  #show(epoch: number, done: number, shown: readonly string[]): void {
    if (this.#screen.isTTY !== true || this.#epochs === 0) return;
    const payload = { epoch: `${epoch}/${this.#epochs}`, shown: shown.join("  ") };
    this.#bars ??= new MultiBar({
      stream: this.#screen as WriteStream,
      format: "epoch {epoch} [{bar}] {percentage}%  {shown}",
      barsize: BAR_CELLS,
      hideCursor: true,
      clearOnComplete: true,
    });
    this.#bar ??= this.#bars.create(BAR_TOTAL, 0, payload);
    this.#bar.update(Math.round((done / this.#epochs) * BAR_TOTAL), payload);
  }
}

function figures(
  { loss, learning_rate }: Pick<EpochEvent, "loss" | "learning_rate">,
  accuracy: EpochEvent["accuracy"],
): string[] {
  const named = [
    ["loss", figureText(loss)],
    ["accuracy", percentText(accuracy)],
    ["lr", figureText(learning_rate)],
  ] as const;
  return named.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
}
