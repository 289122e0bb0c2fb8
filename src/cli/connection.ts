import { openApp } from "../app.ts";
import { QuatrainClient } from "../client/index.ts";
import * as platform from "../contracts/platform/index.ts";
import { serverUrl } from "../platform/config/config.ts";
import { messageOf, userError } from "../platform/errors/quatrain-error.ts";
import { readServerFacts } from "../platform/lifecycle/folder-lock.ts";
import { configOf, type GlobalOptions } from "./global-options.ts";

/**
 * Does something with a server: the one at `--url`; or the one that holds the data folder; or, when nobody does, one
 * that is opened for this command alone, on a free loopback port, and closed after it.
 */
export async function withServer<Result>(
  options: GlobalOptions,
  work: (client: QuatrainClient) => Promise<Result>,
): Promise<Result> {
  const url = options.url ?? serverUrl();
  if (url !== undefined)
    return reaching(url, () => work(new QuatrainClient({ baseUrl: url, credential: options.key })));
  const running = await findRunning(configOf(options).dataDir);
  if (running !== null) return work(running);
  return withOwnServer(options, work);
}

/** The living server of a data folder, or null. */
async function findRunning(dataDir: string): Promise<QuatrainClient | null> {
  const facts = readServerFacts(dataDir);
  if (facts?.address == null || facts.token === null) return null;
  const client = new QuatrainClient({ baseUrl: facts.address, credential: facts.token });
  try {
    await client.call(platform.live, {});
    return client;
  } catch {
    return null; // left over from a killed process: the folder's lock decides
  }
}

async function withOwnServer<Result>(
  options: GlobalOptions,
  work: (client: QuatrainClient) => Promise<Result>,
): Promise<Result> {
  const config = configOf(options, {
    QUATRAIN_PORT: "0",
    QUATRAIN_HOST: "127.0.0.1",
    QUATRAIN_LOG_LEVEL: "warn",
  });
  const app = await openApp({ ...config, listen: { ...config.listen, own: {} } });
  try {
    const [shared] = await app.listen();
    return await work(new QuatrainClient({ baseUrl: shared!.address, credential: app.localToken.reveal() }));
  } finally {
    await app.close();
  }
}

async function reaching<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw userError("unreachable", 503, `${url} cannot be reached: ${messageOf(error.cause ?? error)}`);
  }
}
