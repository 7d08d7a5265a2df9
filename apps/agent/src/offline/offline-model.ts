import {
  Usage,
  type AgentInputItem,
  type Model,
  type ModelRequest,
  type ModelResponse,
  type StreamEvent,
} from '@openai/agents';
import type { RunRequest } from '@todo/contracts';
import { converse } from './converse.ts';
import { nextStep, type Step, type ToolResult } from './script.ts';

type OutputItem = Extract<StreamEvent, { type: 'response_done' }>['response']['output'][number];

/**
 * A model that needs no network: it follows fixed rules, but calls the same tools through the same
 * loop as a language model does. Each request is answered from its input alone.
 */
export class OfflineModel implements Model {
  getResponse({ input }: ModelRequest): Promise<ModelResponse> {
    return Promise.resolve({ usage: new Usage(), output: outputOf(stepFor(input)) });
  }

  async *getStreamedResponse({ input }: ModelRequest): AsyncIterable<StreamEvent> {
    yield { type: 'response_started' };
    const step = stepFor(input);
    if (step.kind === 'answer')
      for (const delta of deltasOf(step.text)) yield { type: 'output_text_delta', delta };
    yield {
      type: 'response_done',
      response: {
        id: `offline_${crypto.randomUUID()}`,
        usage: { requests: 1, inputTokens: 0, outputTokens: 0, totalTokens: 0 },
        output: outputOf(step),
      },
    };
  }
}

/** A text in pieces of a few words, which together are the text. */
export function deltasOf(text: string): string[] {
  return text.match(/\s*(?:\S+\s*){1,3}|\s+/g) ?? [];
}

function stepFor(input: string | AgentInputItem[]): Step {
  const items: AgentInputItem[] =
    typeof input === 'string' ? [{ role: 'user', content: input }] : input;
  return nextStep(converse(messagesIn(items)), resultsIn(items));
}

function outputOf(step: Step): OutputItem[] {
  if (step.kind === 'answer')
    return [
      {
        type: 'message',
        role: 'assistant',
        status: 'completed',
        content: [{ type: 'output_text', text: step.text }],
      },
    ];
  return step.calls.map(({ name, args }) => ({
    type: 'function_call',
    callId: `call_${crypto.randomUUID()}`,
    name,
    arguments: JSON.stringify(args),
    status: 'completed',
  }));
}

function messagesIn(items: AgentInputItem[]): RunRequest['messages'] {
  return items.flatMap((item) => {
    if (!('role' in item) || (item.role !== 'user' && item.role !== 'assistant')) return [];
    return [{ role: item.role, content: textOf(item.content) }];
  });
}

/** Results of all calls in the input, in the order of the calls. */
function resultsIn(items: AgentInputItem[]): ToolResult[] {
  const outputs = new Map(
    items.flatMap((item) =>
      item.type === 'function_call_result' ? [[item.callId, textOf(item.output)] as const] : [],
    ),
  );
  return items.flatMap((item) => {
    const text = item.type === 'function_call' ? outputs.get(item.callId) : undefined;
    return text === undefined ? [] : [resultOf(text)];
  });
}

/** Structured content arrives as JSON; a tool's error, and only that, as plain text. */
function resultOf(text: string): ToolResult {
  try {
    return { ok: true, data: JSON.parse(text) };
  } catch {
    return { ok: false, text };
  }
}

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (Array.isArray(content)) return content.map(textOf).join('');
  if (content && typeof content === 'object' && 'text' in content) return textOf(content.text);
  return '';
}
