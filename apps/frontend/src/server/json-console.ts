import { format, stripVTControlCharacters } from 'node:util';

/**
 * Turns what Next.js prints to the console (its banner, for one) into lines of JSON like all other
 * logs. `add-json-console.ts` makes the standalone server load this first; it imports nothing but
 * Node's own modules, because it is copied there as it is.
 */
for (const method of ['debug', 'log', 'info', 'warn', 'error'] as const) {
  const level = method === 'log' ? 'info' : method;
  console[method] = (...values: unknown[]) => {
    const msg = stripVTControlCharacters(format(...values)).trim();
    if (msg === '') return;
    const time = new Date().toISOString();
    const line = { level, time, service: 'frontend', component: 'next', msg };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}
