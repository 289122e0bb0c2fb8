import type { Command } from "commander";
import type { QuatrainClient } from "../../client/index.ts";
import { LEVELS, type Level } from "../../contracts/integrity/index.ts";
import { withServer } from "../connection.ts";
import { type GlobalOptions, withGlobalOptions } from "../global-options.ts";
import { note, printResult } from "../output.ts";
import { type CheckedFile, checkFiles } from "./check-files.ts";
import { describeChecked } from "./describe-checked.ts";
import { listDocuments } from "./document-files.ts";
import { languageOf, speaking } from "./language.ts";
import { evidenceOf, levelOf, SEVERITIES, type Severity, severityOf } from "./submission-options.ts";

interface CheckOptions extends GlobalOptions {
  readonly role?: string;
  readonly product?: string;
  readonly title?: string;
  readonly author?: string;
  readonly evidence?: string;
  readonly strict?: boolean;
  readonly lang?: string;
  readonly failOn?: string;
  readonly failOnFinding?: string;
}

/** `--fail-on`, `--fail-on-finding`: at least one document is at or above it. */
const EXIT_FOUND = 3;

export function addCheckCommand(integrity: Command): void {
  withGlobalOptions(
    integrity
      .command("check <files...>")
      .description(
        "analyse documents (PDF, DOCX, ODT, HTML, MD, TXT), or those in folders, and store them as cases",
      )
      .option("--role <role>", "Estudiante, Docente-investigador or Coinvestigador externo")
      .option("--product <type>", 'product type, for example Ensayo, Tesis, "Trabajo de curso"')
      .option("--title <title>", "title (default: the document's own, or the file's name)")
      .option("--author <author>", "author")
      .option("--evidence <names>", "what a person observed, comma-separated: sin_borradores,defensa_debil")
      .option("--strict", "refuse what would otherwise be a warning")
      .option("--lang <lang>", "language of the explanations: es, en or pt (default: es)")
      .option(
        "--fail-on <level>",
        `exit with ${EXIT_FOUND} when a score's level is at or above MEDIO or ALTO`,
      )
      .option(
        "--fail-on-finding <severity>",
        `exit with ${EXIT_FOUND} when a finding is at or above low, medium or high`,
      ),
  ).action(check);
}

async function check(paths: string[], options: CheckOptions): Promise<void> {
  const limits = { level: levelOf(options.failOn), severity: severityOf(options.failOnFinding) };
  const language = languageOf(options.lang);
  const sent = {
    rol: options.role,
    tipo_producto: options.product,
    titulo: options.title,
    autor: options.author,
    evidencias: JSON.stringify(evidenceOf(options.evidence)),
    strict: options.strict ? "1" : undefined,
  };
  const files = await listDocuments(paths);
  const checked: CheckedFile[] = [];
  await withServer(options, async (client) => {
    const speaker = speaking(client, language);
    try {
      await checkFiles(speaker, files, sent, checked);
    } catch (error) {
      if (checked.length > 0) await print(client, checked, options.json); // their cases are stored
      throw error;
    }
    await print(client, checked, options.json);
  });
  for (const warning of warningsOf(checked)) note(`warning: ${warning}`);
  const failed = checked.filter((one) => one.error !== null);
  if (failed.length > 0) {
    note(`${failed.length} of ${checked.length} files could not be checked`);
    process.exitCode = 1;
  } else if (checked.some((one) => isAtOrAbove(one, limits))) process.exitCode = EXIT_FOUND;
}

async function print(client: QuatrainClient, checked: readonly CheckedFile[], json: boolean | undefined) {
  if (json) return printResult(checked, true, String);
  const described: string[] = [];
  for (const one of checked) described.push(await describeChecked(client, one));
  printResult(described, false, (all) => all.join("\n\n"));
}

/** Each warning once, however many files it is about. */
function warningsOf(checked: readonly CheckedFile[]): string[] {
  const files = new Map<string, string[]>();
  for (const { file, answer } of checked) {
    for (const warning of answer?.warnings ?? []) files.set(warning, [...(files.get(warning) ?? []), file]);
  }
  return [...files].map(([warning, named]) =>
    named.length === 1 ? `${named[0]}: ${warning}` : `${named.length} files: ${warning}`,
  );
}

function isAtOrAbove(
  { answer }: CheckedFile,
  { level, severity }: { readonly level: Level | null; readonly severity: Severity | null },
): boolean {
  if (answer === null) return false;
  const { overall_level, measured } = answer.analysis;
  if (level !== null && LEVELS.indexOf(overall_level) >= LEVELS.indexOf(level)) return true;
  if (severity === null) return false;
  const least = SEVERITIES.indexOf(severity);
  return measured.findings.some((finding) => SEVERITIES.indexOf(finding.severity) >= least);
}
