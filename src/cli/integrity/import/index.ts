import { basename } from "node:path";
import type { Command } from "commander";
import type { QuatrainClient } from "../../../client/index.ts";
import { importCases, type OldCase } from "../../../contracts/integrity/index.ts";
import { type ForeignDatabase, readForeignSqlite } from "../../../platform/db/sqlite/read-foreign-sqlite.ts";
import { withServer } from "../../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../../global-options.ts";
import { note, printResult } from "../../output.ts";
import { showProgress } from "../../progress.ts";
import { batchesOf } from "./batches.ts";
import { chooseTable } from "./choose-table.ts";
import { describeMapping, type MappingReport, reportMapping } from "./describe-mapping.ts";
import type { Mapping } from "./find-mapping.ts";
import { readOldCase } from "./read-old-case.ts";
import { Row } from "./row-places.ts";
import { Tally } from "./tally.ts";

interface ImportOptions extends GlobalOptions {
  readonly table?: string;
  readonly dryRun?: boolean;
}

interface Outcome extends MappingReport {
  readonly imported: number;
  readonly already_here: number;
  readonly refused: readonly { readonly case_id: string; readonly error: string }[];
}

const PAGE_ROWS = 200;
const SHOWN_REFUSALS = 20;

export function addImportCommand(integrity: Command): void {
  withGlobalOptions(
    integrity
      .command("import <file>")
      .description("take over the cases of an older server's SQLite file; what is here already is left alone")
      .option("--table <name>", "the table of the cases, where the likeliest one is not it")
      .option("--dry-run", "say what was found and send nothing"),
  ).action(importFile);
}

async function importFile(path: string, options: ImportOptions): Promise<void> {
  const database = readForeignSqlite(path);
  try {
    const mapping = chooseTable(path, database, options.table);
    if (options.dryRun) {
      const tally = new Tally();
      for (const one of casesOf(database, mapping, tally)) tally.sent(one);
      printResult(reportMapping(path, mapping, tally), options.json, describeMapping);
      return;
    }
    const outcome = await withServer(options, (client) => send(client, path, database, mapping));
    printResult(outcome, options.json, describeOutcome);
    for (const { case_id, error } of outcome.refused.slice(0, SHOWN_REFUSALS)) {
      note(`${case_id || "(a row without an id)"}: refused, ${error}`);
    }
    if (outcome.refused.length > SHOWN_REFUSALS) {
      note(`... and ${outcome.refused.length - SHOWN_REFUSALS} more; --json lists all`);
    }
    if (outcome.refused.length > 0) process.exitCode = 1;
  } finally {
    database.close();
  }
}

async function send(
  client: QuatrainClient,
  path: string,
  database: ForeignDatabase,
  mapping: Mapping,
): Promise<Outcome> {
  const tally = new Tally();
  const progress = showProgress("import");
  const [refused, total]: [Outcome["refused"][number][], number] = [[], Math.max(mapping.table.rows, 1)];
  let [imported, alreadyHere] = [0, 0];
  try {
    for (const casos of batchesOf(casesOf(database, mapping, tally))) {
      for (const one of casos) tally.sent(one);
      const answer = await client.call(importCases, { casos });
      imported += answer.imported;
      alreadyHere += answer.already_here;
      refused.push(...answer.refused);
      progress.update(Math.min(tally.rows / total, 1), `${tally.rows} of ${total} cases`);
    }
  } catch (error) {
    if (imported > 0) note(`${imported} cases were taken over before this; the rest can be sent again`);
    throw error;
  } finally {
    progress.stop();
  }
  return { ...reportMapping(path, mapping, tally), imported, already_here: alreadyHere, refused };
}

function* casesOf(database: ForeignDatabase, mapping: Mapping, tally: Tally): Generator<OldCase> {
  const { name, columns } = mapping.table;
  for (const page of database.pages(name, columns, PAGE_ROWS)) {
    for (const values of page) {
      const read = readOldCase(new Row(columns, values), mapping);
      tally.unknownWords(read);
      yield read.sent;
    }
  }
}

function describeOutcome(outcome: Outcome): string {
  const { imported, already_here, refused, file } = outcome;
  return `${describeMapping(outcome)}\n\n${imported} cases taken over from ${basename(file)}, ${already_here} were here already, ${refused.length} refused`;
}
