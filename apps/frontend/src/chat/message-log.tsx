'use client';

import { useEffect, useLayoutEffect, useRef } from 'react';
import { AnswerView } from './answer-view.tsx';
import type { ChatItem } from './chat-reducer.ts';

/** Within this distance from the end, in CSS pixels, the log follows what is being written. */
const NEAR_END_PX = 96;

export function MessageLog({ items }: { items: readonly ChatItem[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const count = items.length;

  useLayoutEffect(() => {
    // A new message is always shown, wherever the reader was.
    following.current = true;
  }, [count]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element && following.current) element.scrollTop = element.scrollHeight;
  }, [items]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    // The log comes into view, or the space for it changes: a keyboard opens, a draft grows.
    const observer = new ResizeObserver(() => {
      if (following.current) element.scrollTop = element.scrollHeight;
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      ref={scroller}
      role="group"
      aria-label="Messages"
      tabIndex={0}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-5 py-6 -outline-offset-2"
      onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
        following.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
      }}
    >
      <ol className="flex min-h-full flex-col justify-end gap-6">
        {items.map((item) =>
          item.role === 'user' ? (
            <li
              key={item.key}
              className="bg-wash ml-10 self-end rounded-2xl rounded-br-md px-4 py-2.5 wrap-anywhere whitespace-pre-wrap"
            >
              <span className="sr-only">You: </span>
              {item.text}
            </li>
          ) : (
            <li key={item.key}>
              <AnswerView answer={item} />
            </li>
          ),
        )}
      </ol>
    </div>
  );
}
