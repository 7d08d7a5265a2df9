'use client';

import type { ChatEvent } from '@todo/contracts';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { ApiError } from '../http/api-error.ts';
import { chatReducer, newChat, type ChatState } from './chat-reducer.ts';
import { streamChat } from './chat-stream.ts';
import { getConversation } from './conversations-api.ts';
import { changesTasks } from './tool-labels.ts';

export interface Chat extends ChatState {
  /**
   * Sends a message and follows the answer.
   * @returns a sentence that says why the message did not arrive, or nothing when it did
   */
  ask: (text: string) => Promise<string | undefined>;
  /** Ends the answer that is being written. */
  stop: () => void;
  open: (conversationId: string) => Promise<void>;
  startNew: () => void;
}

interface ChatOptions {
  /** Opened when the page starts. */
  initialConversationId: string | undefined;
  /** A message is about to be sent. */
  onAsk: () => void;
  /** A tool of the assistant has changed tasks. */
  onTasksChanged: () => void;
  onSignedOut: () => void;
}

/** One conversation on screen. The address carries its id, so that a reload shows it again. */
export function useChat({
  initialConversationId,
  onAsk,
  onTasksChanged,
  onSignedOut,
}: ChatOptions): Chat {
  const [state, dispatch] = useReducer(chatReducer, newChat);
  const running = useRef<AbortController>(undefined);
  const conversationId = state.conversationId;

  const leaveCurrent = useCallback(() => {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    return controller.signal;
  }, []);

  const open = useCallback(
    async (id: string) => {
      const signal = leaveCurrent();
      dispatch({ type: 'opening', conversationId: id });
      try {
        const conversation = await getConversation(id);
        if (!signal.aborted) dispatch({ type: 'opened', conversation });
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        if (error.signedOut) onSignedOut();
        else if (error.status === 404) dispatch({ type: 'new' });
        else dispatch({ type: 'openFailed', problem: error.message });
      }
    },
    [leaveCurrent, onSignedOut],
  );

  const startNew = useCallback(() => {
    leaveCurrent();
    dispatch({ type: 'new' });
  }, [leaveCurrent]);

  const ask = useCallback(
    async (text: string) => {
      const signal = leaveCurrent();
      let arrived = false;
      onAsk();
      dispatch({ type: 'asked', key: crypto.randomUUID?.() ?? String(performance.now()), text });
      try {
        const message = { message: text, ...(conversationId && { conversationId }) };
        for await (const event of streamChat(message, signal)) {
          // Another conversation may be on screen by now.
          if (signal.aborted) break;
          arrived = true;
          dispatch({ type: 'event', event });
          if (hasChangedTasks(event)) onTasksChanged();
        }
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        if (arrived) {
          dispatch({ type: 'ended', state: 'failed', detail: error.message });
          return;
        }
        dispatch({ type: 'refused' });
        if (error.signedOut) onSignedOut();
        return error.message;
      }
    },
    [conversationId, leaveCurrent, onAsk, onSignedOut, onTasksChanged],
  );

  const stop = useCallback(() => {
    running.current?.abort();
    dispatch({ type: 'ended', state: 'stopped' });
  }, []);

  useEffect(() => {
    if (initialConversationId) void open(initialConversationId);
    return () => running.current?.abort();
  }, [initialConversationId, open]);

  useEffect(() => {
    if (state.status === 'streaming' && !conversationId) return;
    const address = conversationId ? `/?conversation=${conversationId}` : '/';
    if (location.pathname + location.search !== address) history.replaceState(null, '', address);
  }, [conversationId, state.status]);

  return { ...state, ask, stop, open, startNew };
}

function hasChangedTasks(event: ChatEvent): boolean {
  return event.type === 'tool' && event.status === 'done' && changesTasks(event.name);
}
