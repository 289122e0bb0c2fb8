import { type IncomingMessage, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import type { LookupFunction } from "node:net";
import type { CheckedTarget, ResolvedAddress } from "./checked-target.ts";

/**
 * One GET, redirects not followed, over a connection of its own that is made to the checked addresses only: the name is
 * not resolved again. TLS still checks the certificate against the name.
 * @returns the response as soon as its headers are there; whoever asked reads it or destroys it
 * @throws what the connection throws; the signal's reason
 */
export function requestOnce(
  { url, addresses }: CheckedTarget,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === "https:" ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method: "GET",
      headers,
      signal,
      // a kept connection might lead elsewhere
      agent: false,
      lookup: lookupIn(addresses),
    });
    asked.once("response", resolve);
    asked.once("error", (error) => reject(signal.aborted ? signal.reason : error));
    asked.end();
  });
}

/** What node:net asks for addresses with, answering from what was checked, whatever the name. */
function lookupIn(addresses: readonly ResolvedAddress[]): LookupFunction {
  return (_host, options, answer) => {
    const wanted = addresses.filter(({ family }) => !options.family || options.family === family);
    const [first] = wanted;
    if (first === undefined) answer(new Error("it has no address of the wanted kind"), "", 0);
    else if (options.all) answer(null, [...wanted]);
    else answer(null, first.address, first.family);
  };
}
