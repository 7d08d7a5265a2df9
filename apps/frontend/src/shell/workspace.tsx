'use client';

import { useCallback, useState } from 'react';
import type { SessionUser } from '../auth/session-user.ts';
import { ChatPane } from '../chat/chat-pane.tsx';
import { useChat } from '../chat/use-chat.ts';
import { TaskPane } from '../tasks/task-pane.tsx';
import { useTasks } from '../tasks/use-tasks.ts';
import { PaneTabs, type Pane } from './pane-tabs.tsx';
import { TopBar } from './top-bar.tsx';

interface WorkspaceProps {
  user: SessionUser;
  initialConversationId: string | undefined;
  onSignedOut: () => void;
  onLeave: () => Promise<void>;
}

/** Tasks and chat: side by side on a wide screen, behind two tabs on a narrow one. */
export function Workspace({ user, initialConversationId, onSignedOut, onLeave }: WorkspaceProps) {
  const [pane, setPane] = useState<Pane>('tasks');
  const tasks = useTasks(onSignedOut);
  const { reload, unmark } = tasks;
  const onTasksChanged = useCallback(() => void reload(true), [reload]);
  const chat = useChat({
    initialConversationId,
    onAsk: unmark,
    onTasksChanged,
    onSignedOut,
  });

  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto] overflow-hidden">
      <a
        href="#tasks-heading"
        className="bg-pen text-on-pen fixed top-2 left-2 z-30 -translate-y-20 rounded-lg px-4 py-2 font-semibold focus:translate-y-0"
        onClick={() => setPane('tasks')}
      >
        Skip to tasks
      </a>
      <TopBar user={user} onLeave={onLeave} />
      <main className="grid min-h-0 grid-cols-[minmax(0,1fr)] lg:grid-cols-[minmax(0,1fr)_minmax(22rem,27rem)]">
        <div
          tabIndex={-1}
          className={`min-h-0 overflow-y-auto outline-none lg:block ${pane === 'tasks' ? '' : 'hidden'}`}
        >
          <TaskPane tasks={tasks} userId={user.id} />
        </div>
        <div
          className={`bg-paper border-rule min-h-0 lg:block lg:border-l ${pane === 'chat' ? '' : 'hidden'}`}
        >
          <ChatPane chat={chat} userId={user.id} onSignedOut={onSignedOut} />
        </div>
      </main>
      <PaneTabs
        pane={pane}
        openTasks={tasks.tasks.filter(({ completed }) => !completed).length}
        touched={tasks.marked.size > 0}
        onChange={setPane}
      />
    </div>
  );
}
