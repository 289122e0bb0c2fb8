import { isIP } from "node:net";
import { fetchFailed, urlRefused } from "./fetch-refusals.ts";

export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** All addresses of a name, as the connection would be made to them. */
export type ResolveHost = (host: string) => Promise<readonly ResolvedAddress[]>;

export interface AddressRules {
  readonly resolve: ResolveHost;
  readonly isAllowed: (address: string) => boolean;
}

/** A URL with the addresses that it may be fetched from, at least one. */
export interface CheckedTarget {
  readonly url: URL;
  readonly addresses: readonly ResolvedAddress[];
}

const MAX_URL_CHARACTERS = 8_000;
const MAX_ADDRESSES = 16;

/**
 * A URL as it may be fetched: http or https, without credentials.
 * @param base what a relative address is relative to
 * @throws QuatrainError `url_refused` (400)
 */
export function checkedUrl(text: string, base?: URL): URL {
  if (text.length > MAX_URL_CHARACTERS)
    throw urlRefused(`it is longer than ${MAX_URL_CHARACTERS} characters`);
  const url = URL.parse(text, base?.href);
  if (url === null) throw urlRefused(`${JSON.stringify(text.slice(0, 200))} is no URL`);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw urlRefused("it begins with neither http:// nor https://");
  if (url.username !== "" || url.password !== "") throw urlRefused("it holds a user name or a password");
  return url;
}

/**
 * Resolves a URL's host, once, and demands of every one of its addresses that it is allowed: a name with one public and
 * one private address is refused. The connection has to be made to these addresses and to no others, since a name may
 * resolve to something else the next time.
 * @throws QuatrainError `url_refused`, `fetch_failed` (400)
 */
export async function checkTarget(url: URL, { resolve, isAllowed }: AddressRules): Promise<CheckedTarget> {
  const addresses = await addressesOf(url, resolve);
  if (!addresses.every(({ address }) => isAllowed(address)))
    throw urlRefused(
      `${url.hostname} is in a private network or on this machine, where nothing is fetched from`,
    );
  return { url, addresses };
}

async function addressesOf(url: URL, resolve: ResolveHost): Promise<readonly ResolvedAddress[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
  const family = isIP(host);
  if (family === 4 || family === 6) return [{ address: host, family }];
  let found: readonly ResolvedAddress[];
  try {
    found = await resolve(host);
  } catch (error) {
    throw fetchFailed(url.hostname, "its name is not known", error);
  }
  if (found.length === 0) throw fetchFailed(url.hostname, "its name has no address");
  return found.slice(0, MAX_ADDRESSES);
}
