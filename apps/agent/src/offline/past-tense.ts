/** Base forms of verbs whose past is irregular and that errands are made of. */
const IRREGULAR: Record<string, string> = {
  ate: 'eat',
  bought: 'buy',
  brought: 'bring',
  built: 'build',
  cut: 'cut',
  did: 'do',
  done: 'do',
  drew: 'draw',
  drove: 'drive',
  fed: 'feed',
  found: 'find',
  gave: 'give',
  got: 'get',
  gotten: 'get',
  hung: 'hang',
  held: 'hold',
  kept: 'keep',
  knit: 'knit',
  lent: 'lend',
  made: 'make',
  met: 'meet',
  paid: 'pay',
  put: 'put',
  ran: 'run',
  rang: 'ring',
  read: 'read',
  rewrote: 'rewrite',
  rode: 'ride',
  sent: 'send',
  set: 'set',
  sold: 'sell',
  spoke: 'speak',
  swept: 'sweep',
  swam: 'swim',
  taken: 'take',
  taught: 'teach',
  told: 'tell',
  took: 'take',
  went: 'go',
  won: 'win',
  written: 'write',
  wrote: 'write',
};

/** The base form of a verb in the past ("bought" → "buy", "called" → "call"); else undefined. */
export function baseOfPast(word: string): string | undefined {
  const verb = word.toLowerCase();
  if (Object.hasOwn(IRREGULAR, verb)) return IRREGULAR[verb];
  if (!/^[a-z]{2,}ed$/.test(verb) || verb.endsWith('eed')) return undefined;
  if (verb.endsWith('ied')) return `${verb.slice(0, -3)}y`;
  const stem = verb.slice(0, -2);
  // planned → plan, but called → call
  return /([bdgmnprt])\1$/.test(stem) ? stem.slice(0, -1) : stem;
}
