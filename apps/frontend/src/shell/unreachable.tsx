'use client';

import { useState } from 'react';
import { Wordmark } from './wordmark.tsx';

interface UnreachableProps {
  /** Set once the page itself has tried. */
  problem?: string | undefined;
  onRetry: () => Promise<void>;
}

/** Shown while nobody knows who is signed in, because the backend does not answer. */
export function Unreachable({ problem, onRetry }: UnreachableProps) {
  const [trying, setTrying] = useState(false);
  return (
    <main className="mx-auto grid min-h-dvh max-w-md content-center justify-items-start gap-5 p-6">
      <Wordmark />
      <div role="status" className="grid gap-2">
        <h1 className="text-3xl font-bold tracking-tight">
          {problem ? 'No answer yet' : 'One moment…'}
        </h1>
        <p className="text-faded min-h-12">{problem}</p>
      </div>
      {problem && (
        <button
          type="button"
          className="button button-pen"
          aria-disabled={trying}
          onClick={async () => {
            setTrying(true);
            await onRetry();
            setTrying(false);
          }}
        >
          {trying ? 'Trying…' : 'Try again'}
        </button>
      )}
    </main>
  );
}
