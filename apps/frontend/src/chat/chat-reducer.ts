import type { ChatEvent, ConversationWithMessages } from '@todo/contracts';

export type ToolStatus = 'called' | 'done' | 'failed';
export type AnswerPart =
  | { type: 'text'; text: string }
  | { type: 'tool'; callId: string; name: string; status: ToolStatus };

export interface Question {
  role: 'user';
  key: string;
  text: string;
}
export interface Answer {
  role: 'assistant';
  key: string;
  /** Text and tool runs in the order they happened. */
  parts: AnswerPart[];
  state: 'streaming' | 'done' | 'stopped' | 'failed';
  /** Why it failed. */
  detail?: string;
}
export type ChatItem = Question | Answer;

export interface ChatState {
  status: 'idle' | 'opening' | 'streaming' | 'failed';
  /** None until the backend has named the conversation that a first message began. */
  conversationId?: string | undefined;
  title?: string | undefined;
  items: ChatItem[];
  /** Why a conversation could not be opened. */
  problem?: string | undefined;
}

export type ChatAction =
  | { type: 'new' }
  | { type: 'opening'; conversationId: string }
  | { type: 'opened'; conversation: ConversationWithMessages }
  | { type: 'openFailed'; problem: string }
  | { type: 'asked'; key: string; text: string }
  | { type: 'event'; event: ChatEvent }
  | { type: 'refused' }
  | { type: 'ended'; state: 'stopped' | 'failed'; detail?: string };

export const newChat: ChatState = { status: 'idle', items: [] };

export function chatReducer(state: ChatState, action: ChatAction): ChatState {
  switch (action.type) {
    case 'new':
      return newChat;
    case 'opening':
      return { ...newChat, status: 'opening', conversationId: action.conversationId };
    case 'opened':
      return opened(action.conversation);
    case 'openFailed':
      return { ...state, status: 'failed', problem: action.problem };
    case 'asked':
      return {
        ...state,
        status: 'streaming',
        title: state.title ?? action.text,
        items: [
          ...state.items,
          { role: 'user', key: action.key, text: action.text },
          { role: 'assistant', key: `${action.key}-answer`, parts: [], state: 'streaming' },
        ],
      };
    case 'event':
      return afterEvent(state, action.event);
    case 'refused': {
      // The message never arrived: it goes back to where it was typed.
      const items = state.items.slice(0, -2);
      return { ...state, status: 'idle', items, title: items.length > 0 ? state.title : undefined };
    }
    case 'ended':
      return withAnswer({ ...state, status: 'idle' }, (answer) => ({
        ...answer,
        state: action.state,
        ...(action.detail !== undefined && { detail: action.detail }),
      }));
  }
}

function opened({ id, title, messages }: ConversationWithMessages): ChatState {
  return {
    status: 'idle',
    conversationId: id,
    title,
    items: messages.map((message) =>
      message.role === 'user'
        ? { role: 'user', key: message.id, text: message.content }
        : {
            role: 'assistant',
            key: message.id,
            parts: [{ type: 'text', text: message.content }],
            state: 'done',
          },
    ),
  };
}

function afterEvent(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'conversation':
      return { ...state, conversationId: event.conversationId };
    case 'delta':
      return withAnswer(state, (answer) => ({
        ...answer,
        parts: withText(answer.parts, event.text),
      }));
    case 'tool':
      return withAnswer(state, (answer) => ({ ...answer, parts: withTool(answer.parts, event) }));
    case 'error':
      return chatReducer(state, { type: 'ended', state: 'failed', detail: event.detail });
    case 'done':
      return withAnswer({ ...state, status: 'idle' }, (answer) => ({ ...answer, state: 'done' }));
  }
}

function withAnswer(state: ChatState, change: (answer: Answer) => Answer): ChatState {
  const last = state.items.at(-1);
  if (last?.role !== 'assistant') return state;
  return { ...state, items: [...state.items.slice(0, -1), change(last)] };
}

function withText(parts: AnswerPart[], text: string): AnswerPart[] {
  const last = parts.at(-1);
  return last?.type === 'text'
    ? [...parts.slice(0, -1), { type: 'text', text: last.text + text }]
    : [...parts, { type: 'text', text }];
}

function withTool(
  parts: AnswerPart[],
  { callId, name, status }: Extract<ChatEvent, { type: 'tool' }>,
): AnswerPart[] {
  const tool: AnswerPart = { type: 'tool', callId, name, status };
  return parts.some((part) => part.type === 'tool' && part.callId === callId)
    ? parts.map((part) => (part.type === 'tool' && part.callId === callId ? tool : part))
    : [...parts, tool];
}
