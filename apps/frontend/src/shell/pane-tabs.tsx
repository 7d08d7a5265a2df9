'use client';

import type { ReactNode } from 'react';
import { ChatIcon, ListIcon } from './icons.tsx';

export type Pane = 'tasks' | 'chat';

interface PaneTabsProps {
  pane: Pane;
  openTasks: number;
  /** The assistant has just changed the list. */
  touched: boolean;
  onChange: (pane: Pane) => void;
}

/** Switches between the two panes where there is room for one only. */
export function PaneTabs({ pane, openTasks, touched, onChange }: PaneTabsProps) {
  const tab = (name: Pane, content: ReactNode) => (
    <button
      type="button"
      aria-current={pane === name ? 'page' : undefined}
      className="text-faded aria-[current]:text-pen flex min-h-14 items-center justify-center gap-2 font-semibold -outline-offset-2"
      onClick={() => onChange(name)}
    >
      {content}
    </button>
  );
  return (
    <nav
      aria-label="Views"
      className="border-rule bg-paper grid grid-cols-2 border-t pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {tab(
        'tasks',
        <>
          <ListIcon />
          <span>
            Tasks{' '}
            <span
              className={touched && pane === 'chat' ? 'marked-still text-ink ml-1' : 'font-normal'}
            >
              {openTasks}
            </span>
          </span>
        </>,
      )}
      {tab(
        'chat',
        <>
          <ChatIcon />
          Chat
        </>,
      )}
    </nav>
  );
}
