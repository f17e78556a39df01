const LAST = 65535;
const HALF = LAST / 2;
const PROTOCOLS = ['TCP', 'UDP', 'SCTP'];

// The ranges of each protocol of such as `SCTP 1-65535,TCP 80,443`; null where it is something else.
function parse(exact) {
  const ranges = { TCP: [], UDP: [], SCTP: [] };
  let protocol;
  for (const part of exact.split(',')) {
    const match = /^(?:(SCTP|TCP|UDP) )?(\d+)(?:-(\d+))?$/.exec(part);
    if (!match) {
      return null;
    }
    protocol = match[1] || protocol;
    ranges[protocol].push([Number(match[2]), Number(match[3] || match[2])]);
  }
  return ranges;
}

function complement(ranges) {
  const missing = [];
  let next = 1;
  ranges.forEach(([first, last]) => {
    if (first > next) {
      missing.push([next, first - 1]);
    }
    next = last + 1;
  });
  return next <= LAST ? [...missing, [next, LAST]] : missing;
}

const count = (ranges) => ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
const numbers = (ranges) => ranges.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(',');

function listed(protocol, ranges) {
  if (count(ranges) === LAST) {
    return `all ${protocol} ports`;
  }
  return count(ranges) > HALF ? `all ${protocol} ports except ${numbers(complement(ranges))}` : `${protocol} ${numbers(ranges)}`;
}

const list = (all) => PROTOCOLS.filter((protocol) => all[protocol].length).map((protocol) => listed(protocol, all[protocol])).join(', ');

// Ports as people say them, as the commands do: `all ports`, `everything except TCP 5432`.
export function portsInWords(exact) {
  if (exact === 'All Connections') {
    return 'all ports';
  }
  const ports = parse(exact);
  if (!ports) {
    return exact;
  }
  const missing = Object.fromEntries(PROTOCOLS.map((protocol) => [protocol, complement(ports[protocol])]));
  return PROTOCOLS.every((protocol) => count(missing[protocol]) <= HALF) ? `everything except ${list(missing)}` : list(ports);
}

// The first port of such as `TCP 80,443,UDP 53`, as parameters have it.
export function firstPort(ports) {
  const match = /^(TCP|UDP|SCTP) (\d+)/.exec(ports || '');
  return match ? `${match[2]}/${match[1]}` : '';
}
