import type { RunStreamEvent } from '@openai/agents';
import type { RunEvent } from '@todo/contracts';

/** Marks the output of a tool call that succeeded; see `markSuccess`. */
const SUCCESS = { succeeded: true };

/** For the MCP server's `customDataExtractor`: which tool outputs are no errors. */
export function markSuccess({ isError }: { isError?: boolean }) {
  return isError === true ? undefined : SUCCESS;
}

/** Translates what the SDK streams into what the agent streams, without `done` and `error`. */
export async function* runEventsOf(events: AsyncIterable<RunStreamEvent>): AsyncIterable<RunEvent> {
  let spoken = false;
  let newParagraph = false;
  for await (const event of events) {
    if (event.type === 'raw_model_stream_event') {
      if (event.data.type === 'response_started') newParagraph = spoken;
      if (event.data.type !== 'output_text_delta' || event.data.delta === '') continue;
      // What a model says before and after a tool call are two paragraphs.
      yield { type: 'delta', text: `${newParagraph ? '\n\n' : ''}${event.data.delta}` };
      spoken = true;
      newParagraph = false;
    } else if (event.type === 'run_item_stream_event') {
      const { item } = event;
      if (item.type === 'tool_call_item' && item.rawItem.type === 'function_call')
        yield {
          type: 'tool',
          callId: item.rawItem.callId,
          name: item.rawItem.name,
          status: 'called',
        };
      if (item.type === 'tool_call_output_item' && item.rawItem.type === 'function_call_result')
        yield {
          type: 'tool',
          callId: item.rawItem.callId,
          name: item.rawItem.name,
          status: item.customData?.succeeded === true ? 'done' : 'failed',
        };
    }
  }
  if (!spoken) yield { type: 'delta', text: 'Done.' };
}
