/**
 * Training steps of the 32-64-128-128 net (spec/training.md, section 4) beside the same net in torch: forward, loss,
 * backward and optimiser, batch 32, one thread each, a few steps of ours and a few of torch's by turns.
 *
 *     node bench/training/step-speed.ts [rounds]
 *
 * Wall is what a user waits; CPU hardly depends on what else the machine does. PYTHON chooses another Python than
 * Debian's; without torch only our side is shown.
 */

import { openTorch, type StepTimes } from "./torch-counterpart.ts";
import { openTraining, profileTraining } from "./training-step.ts";

const ROUNDS = Number(process.argv[2] ?? 8);
const STEPS = 5;

const torch = await openTorch();
console.log(
  `batch 32, one thread, ${ROUNDS} rounds of ${STEPS} steps; torch ${torch?.version ?? "is not here"}`,
);
console.log("\n| | steps/s | wall, median | CPU, median | CPU, least |\n|---|---|---|---|---|");
for (const pixels of [64, 32]) await compare(pixels);
for (const pixels of [64, 32]) await explain(pixels);
await torch?.close();

async function compare(pixels: number): Promise<void> {
  const ours = await openTraining(pixels);
  await ours.steps(3);
  await torch?.steps(pixels, 3);
  const rounds: { ours: StepTimes; torch: StepTimes | undefined }[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push({ ours: await ours.steps(STEPS), torch: await torch?.steps(pixels, STEPS) });
  await ours.close();
  const sides = [
    merged(rounds.map((round) => round.ours)),
    merged(rounds.flatMap((round) => round.torch ?? [])),
  ] as const;
  print(`ours, ${pixels} px`, sides[0]);
  if (torch === null) return;
  print(`torch, ${pixels} px`, sides[1]);
  const [wall, cpu, least] = [
    median(sides[1].wall) / median(sides[0].wall),
    median(sides[1].cpu) / median(sides[0].cpu),
    Math.min(...sides[1].cpu) / Math.min(...sides[0].cpu),
  ];
  console.log(
    `| **ours / torch, ${pixels} px** | **${wall.toFixed(2)}** | | ${cpu.toFixed(2)} | ${least.toFixed(2)} |`,
  );
}

/** Where the time of a step goes, on both sides. */
async function explain(pixels: number): Promise<void> {
  const sides: [string, Readonly<Record<string, number>>][] = [["ours", await profileTraining(pixels, 10)]];
  if (torch !== null) sides.push(["torch", await torch.operators(pixels, 5)]);
  for (const [name, times] of sides) {
    const sorted = Object.entries(times).sort(([, a], [, b]) => b - a);
    const total = sorted.reduce((sum, [, ms]) => sum + ms, 0);
    const rows = sorted.slice(0, 12).map(([operator, ms]) => `${operator} ${ms.toFixed(1)}`);
    console.log(`\n${name}, ${pixels} px, ms of ${total.toFixed(0)} in operators: ${rows.join(", ")}`);
  }
}

function merged(rounds: readonly StepTimes[]): StepTimes {
  return { wall: rounds.flatMap(({ wall }) => wall), cpu: rounds.flatMap(({ cpu }) => cpu) };
}

function print(name: string, { wall, cpu }: StepTimes): void {
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  console.log(
    `| ${name} | ${(1000 / median(wall)).toFixed(2)} | ${ms(median(wall))} | ${ms(median(cpu))} | ${ms(Math.min(...cpu))} |`,
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
