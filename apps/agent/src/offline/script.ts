/** One tool call of a script. */
export interface ToolCall {
  name: string;
  args: Record<string, unknown>;
}

/** What a tool gave: its data, or the text of its refusal. */
export type ToolResult = { ok: true; data: unknown } | { ok: false; text: string };

/**
 * A dialogue with the tools: yields the calls of one round, gets their results in the same order,
 * and returns the answer for the person. It depends on nothing else, so it can be replayed.
 */
export type Script<Answer = string> = Generator<ToolCall[], Answer, ToolResult[]>;

export type Step = { kind: 'call'; calls: ToolCall[] } | { kind: 'answer'; text: string };

/**
 * Replays a script with the results that are there already and tells what comes next.
 * @param results of all calls so far, in the order of the calls
 */
export function nextStep(script: Script, results: ToolResult[]): Step {
  let used = 0;
  let state = script.next();
  while (!state.done) {
    const calls = state.value;
    if (used + calls.length > results.length) return { kind: 'call', calls };
    state = script.next(results.slice(used, used + calls.length));
    used += calls.length;
  }
  return { kind: 'answer', text: state.value };
}
