import type { ChatItem } from './chat-reducer.ts';
import { toolLabel } from './tool-labels.ts';

/**
 * Reads the answer out once it is complete, and tool runs as they happen. The visible text changes
 * with every piece that arrives, which a screen reader would stumble over.
 */
export function ChatAnnouncer({ items }: { items: readonly ChatItem[] }) {
  return (
    <p aria-live="polite" className="sr-only">
      {announcement(items.at(-1))}
    </p>
  );
}

function announcement(last: ChatItem | undefined): string {
  if (last?.role !== 'assistant') return '';
  if (last.state === 'streaming') {
    const tool = last.parts.findLast((part) => part.type === 'tool');
    return tool ? toolLabel(tool.name, tool.status) : 'The assistant is answering.';
  }
  const text = last.parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  if (last.state === 'stopped') return 'Stopped.';
  return last.state === 'failed'
    ? `The answer failed. ${last.detail ?? ''}`
    : `The assistant says: ${text}`;
}
