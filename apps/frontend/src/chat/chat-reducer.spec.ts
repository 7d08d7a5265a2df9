import type { ChatEvent } from '@todo/contracts';
import { describe, expect, it } from 'vitest';
import { chatReducer, newChat, type ChatState } from './chat-reducer.ts';

const CONVERSATION = '0197a1b2-0000-7000-8000-000000000001';
const MESSAGE = '0197a1b2-0000-7000-8000-000000000002';

function after(state: ChatState, ...events: ChatEvent[]): ChatState {
  return events.reduce((now, event) => chatReducer(now, { type: 'event', event }), state);
}
const asked = chatReducer(newChat, { type: 'asked', key: 'k', text: 'add milk' });

describe('a conversation on screen', () => {
  it('shows the question and a waiting answer at once', () => {
    expect(asked).toMatchObject({
      status: 'streaming',
      title: 'add milk',
      items: [
        { role: 'user', text: 'add milk' },
        { role: 'assistant', parts: [], state: 'streaming' },
      ],
    });
  });

  it('keeps text and tool runs in the order they happened', () => {
    const state = after(
      asked,
      { type: 'conversation', conversationId: CONVERSATION },
      { type: 'delta', text: 'One ' },
      { type: 'delta', text: 'moment.' },
      { type: 'tool', callId: '1', name: 'add_task', status: 'called' },
      { type: 'tool', callId: '1', name: 'add_task', status: 'done' },
      { type: 'delta', text: 'Added.' },
      { type: 'done', messageId: MESSAGE },
    );
    expect(state.conversationId).toBe(CONVERSATION);
    expect(state.status).toBe('idle');
    expect(state.items[1]).toMatchObject({
      state: 'done',
      parts: [
        { type: 'text', text: 'One moment.' },
        { type: 'tool', callId: '1', name: 'add_task', status: 'done' },
        { type: 'text', text: 'Added.' },
      ],
    });
  });

  it('keeps what has arrived when the agent fails', () => {
    const state = after(
      asked,
      { type: 'delta', text: 'Half' },
      { type: 'error', code: 'model', detail: 'The model endpoint refused the API key.' },
    );
    expect(state.status).toBe('idle');
    expect(state.items[1]).toMatchObject({
      state: 'failed',
      detail: 'The model endpoint refused the API key.',
      parts: [{ type: 'text', text: 'Half' }],
    });
  });

  it('takes a message back that never arrived', () => {
    expect(chatReducer(asked, { type: 'refused' })).toEqual(newChat);
  });

  it('says so when the answer was stopped', () => {
    const state = chatReducer(after(asked, { type: 'delta', text: 'Half' }), {
      type: 'ended',
      state: 'stopped',
    });
    expect(state.items[1]).toMatchObject({ state: 'stopped' });
  });

  it('opens a stored conversation', () => {
    const at = '2026-11-21T08:00:00.000Z';
    const state = chatReducer(newChat, {
      type: 'opened',
      conversation: {
        id: CONVERSATION,
        title: 'Groceries',
        createdAt: at,
        updatedAt: at,
        messages: [
          { id: MESSAGE, role: 'user', content: 'hi', createdAt: at },
          { id: CONVERSATION, role: 'assistant', content: 'Hello.', createdAt: at },
        ],
      },
    });
    expect(state).toMatchObject({ title: 'Groceries', status: 'idle' });
    expect(state.items.map(({ role }) => role)).toEqual(['user', 'assistant']);
  });
});
