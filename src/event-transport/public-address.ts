import { BlockList, isIP } from 'node:net';

/** Ranges of IPv4 that no endpoint of a client can have: https://www.iana.org/assignments/iana-ipv4-special-registry */
const RESERVED_IPV4: ReadonlyArray<readonly [string, number]> = [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.31.196.0', 24], ['192.52.193.0', 24], ['192.88.99.0', 24],
  ['192.168.0.0', 16], ['192.175.48.0', 24], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24],
  ['224.0.0.0', 4], ['240.0.0.0', 4],
];

/**
 * Within the global unicast range of IPv6, what is special or carries an address of IPv4 inside: Teredo, 6to4,
 * documentation, benchmarks and the like. https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const RESERVED_IPV6: ReadonlyArray<readonly [string, number]> = [
  ['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['2620:4f:8000::', 48], ['3fff::', 20],
];

const reserved = new BlockList();
for (const [network, prefix] of RESERVED_IPV4) reserved.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of RESERVED_IPV6) reserved.addSubnet(network, prefix, 'ipv6');

/** All that is routed on the internet; loopback, link-local, private, mapped and multicast ranges lie outside. */
const global = new BlockList();
global.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Whether an address is one on the public internet. What is not an IP address is not. */
export function isPublicAddress(address: string): boolean {
  // A zone names a link of this machine.
  if (address.includes('%')) return false;
  switch (isIP(address)) {
    case 4: return !reserved.check(address, 'ipv4');
    case 6: return global.check(address, 'ipv6') && !reserved.check(address, 'ipv6');
    default: return false;
  }
}

export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && loopback.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
