import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPublicAddress } from "./public-address.ts";

const octet = fc.integer({ min: 0, max: 255 });
const group = fc.integer({ min: 0, max: 0xffff });
const hex = (groups: readonly number[]) => groups.map((value) => value.toString(16)).join(":");

/** IPv4 addresses that begin with these octets. */
const within = (...start: number[]) =>
  fc
    .array(octet, { minLength: 4 - start.length, maxLength: 4 - start.length })
    .map((rest) => [...start, ...rest].join("."));

const private4 = fc.oneof(
  within(0),
  within(10),
  within(127),
  within(169, 254),
  within(192, 168),
  fc.integer({ min: 16, max: 31 }).chain((second) => within(172, second)),
  fc.integer({ min: 64, max: 127 }).chain((second) => within(100, second)),
  fc.integer({ min: 224, max: 255 }).chain((first) => within(first)),
);

/** IPv6 addresses whose first group lies between these. */
const groups6 = (min: number, max: number) =>
  fc
    .tuple(fc.integer({ min, max }), fc.array(group, { minLength: 7, maxLength: 7 }))
    .map(([first, rest]) => hex([first, ...rest]));

describe("isPublicAddress", () => {
  it.each([
    "1.1.1.1",
    "8.8.8.8",
    "172.15.0.1",
    "172.32.0.1",
    "100.128.0.1",
    "223.255.255.255",
    "192.169.0.1",
  ])("lets %s through", (address) => expect(isPublicAddress(address)).toBe(true));

  it.each(["2606:4700:4700::1111", "2a00:1450:4001:81b::200e", "2001:4860:4860::8888", "2003::1"])(
    "lets %s through",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );

  it.each([
    "169.254.169.254",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:8.8.8.8",
    "::ffff:127.0.0.1",
    "::8.8.8.8",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700:4700::1111%eth0",
    "ff02::1",
    "2001::1",
    "2001:db8::1",
    "2002:a00:1::1",
    "3fff::1",
    "",
    "localhost",
    "127.1",
    "0x7f000001",
    "1.2.3.4.5",
  ])("refuses %j", (address) => expect(isPublicAddress(address)).toBe(false));

  it("refuses every private IPv4 address, and every form of one in IPv6", () => {
    fc.assert(
      fc.property(private4, (address) => {
        const [a = 0, b = 0, c = 0, d = 0] = address.split(".").map(Number);
        const low = [a * 256 + b, c * 256 + d];
        expect(isPublicAddress(address)).toBe(false);
        expect(isPublicAddress(`::ffff:${address}`)).toBe(false);
        expect(isPublicAddress(hex([0, 0, 0, 0, 0, 0xffff, ...low]))).toBe(false);
        expect(isPublicAddress(hex([0, 0, 0, 0, 0, 0, ...low]))).toBe(false);
        expect(isPublicAddress(hex([0x64, 0xff9b, 0, 0, 0, 0, ...low]))).toBe(false);
        expect(isPublicAddress(hex([0x2002, ...low, 0, 0, 0, 0, 1]))).toBe(false);
      }),
    );
  });

  it("refuses all of IPv6 that is not given out", () => {
    fc.assert(
      fc.property(fc.oneof(groups6(0, 0x1fff), groups6(0x4000, 0xffff)), (address) => {
        expect(isPublicAddress(address)).toBe(false);
      }),
    );
  });

  it("refuses what is no address", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/^[\d.:a-f]+$/i.test(text)) expect(isPublicAddress(text)).toBe(false);
      }),
    );
  });
});
