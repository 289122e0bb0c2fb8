import { randomBytes } from "node:crypto";
import pg from "pg";
import { onTestFinished } from "vitest";

/** PostgreSQL for tests, where one is given; the server is asked nothing else. */
export const POSTGRES_URL = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL;

/** A new empty database that goes with the test. @returns its URL */
export async function temporaryDatabase(): Promise<string> {
  const name = `quatrain_${randomBytes(6).toString("hex")}`;
  await run(`create database ${name}`);
  onTestFinished(() => run(`drop database ${name} with (force)`));
  const url = new URL(POSTGRES_URL!);
  url.pathname = `/${name}`;
  return url.href;
}

async function run(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: POSTGRES_URL });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
