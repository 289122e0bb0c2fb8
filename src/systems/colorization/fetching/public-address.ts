import { BlockList, isIP } from "node:net";

/**
 * IPv4 that is not the internet at large. Source: IANA, "IPv4 Special-Purpose Address Registry" (RFC 6890), and
 * RFC 5771 for multicast. Clouds' metadata services (169.254.169.254, 192.0.0.192, 100.100.100.200) lie within.
 */
const NOT_PUBLIC_4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
];

/**
 * Within 2000::/3, the only part of IPv6 that is given out, what is not the internet at large: protocol assignments with
 * Teredo, documentation, and 6to4, which leads to an IPv4 address. Source: IANA, "IPv6 Special-Purpose Address Registry".
 */
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
];

/** A metadata service with a public address. */
const METADATA_4 = "168.63.129.16";

const refused4 = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_4) refused4.addSubnet(net, prefix, "ipv4");
refused4.addAddress(METADATA_4, "ipv4");
const given6 = new BlockList();
given6.addSubnet("2000::", 3, "ipv6");
const refused6 = new BlockList();
for (const [net, prefix] of NOT_PUBLIC_6) refused6.addSubnet(net, prefix, "ipv6");

/**
 * Whether an address belongs to the internet at large: not private, loopback, link-local, multicast, unique-local,
 * mapped or translated IPv4, nor kept for anything special. False for what is no address, and for one with a zone.
 */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !refused4.check(address, "ipv4");
    case 6:
      return !address.includes("%") && given6.check(address, "ipv6") && !refused6.check(address, "ipv6");
    default:
      return false;
  }
}
