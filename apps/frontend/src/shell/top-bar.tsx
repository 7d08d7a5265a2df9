'use client';

import { useState } from 'react';
import type { SessionUser } from '../auth/session-user.ts';
import { ApiError } from '../http/api-error.ts';
import { LeaveIcon } from './icons.tsx';
import { ThemeToggle } from './theme-toggle.tsx';
import { useToast } from './toast.tsx';
import { Wordmark } from './wordmark.tsx';

interface TopBarProps {
  user: SessionUser;
  onLeave: () => Promise<void>;
}

export function TopBar({ user, onLeave }: TopBarProps) {
  const toast = useToast();
  const [leaving, setLeaving] = useState(false);

  const leave = async () => {
    setLeaving(true);
    try {
      await onLeave();
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      toast({ text: error.message, tone: 'danger' });
      setLeaving(false);
    }
  };

  return (
    <header className="border-rule flex min-h-15 items-center gap-1 border-b py-1.5 pr-2 pl-4 sm:pr-4 sm:pl-6">
      <Wordmark />
      <span className="text-faded ml-auto hidden min-w-0 truncate px-3 sm:block" title={user.email}>
        {user.name || user.email}
      </span>
      <span className="ml-auto flex sm:ml-0">
        <ThemeToggle />
        <button
          type="button"
          className="button button-quiet min-w-11"
          disabled={leaving}
          onClick={() => void leave()}
        >
          <LeaveIcon />
          <span className="sr-only sm:not-sr-only">Sign out</span>
        </button>
      </span>
    </header>
  );
}
