'use client';

import { ThemeToggle } from '../shell/theme-toggle.tsx';
import { Wordmark } from '../shell/wordmark.tsx';
import { AuthForm } from './auth-form.tsx';
import { AuthSample } from './auth-sample.tsx';
import type { SessionUser } from './session-user.ts';

interface AuthScreenProps {
  /** The session ran out, rather than nobody having signed in. */
  expired: boolean;
  onSignedIn: (user: SessionUser) => void;
}

export function AuthScreen({ expired, onSignedIn }: AuthScreenProps) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(0,1.15fr)_minmax(26rem,1fr)]">
      <header className="flex flex-col gap-8 px-5 pt-5 sm:px-10 lg:py-8 lg:pl-14">
        <div className="flex items-center justify-between">
          <Wordmark />
          <span className="lg:hidden">
            <ThemeToggle />
          </span>
        </div>
        <div className="my-auto grid max-w-xl gap-8 lg:gap-12">
          <h1 className="text-[clamp(2rem,5.2vw,3.6rem)] leading-[1.06] font-bold tracking-[-0.03em] text-balance">
            Say it. <span className="text-faded">It’s on your list.</span>
          </h1>
          <AuthSample />
        </div>
        <p className="text-faded hidden text-sm lg:block">
          Type tasks as you always did, or tell the assistant in a sentence.
        </p>
      </header>
      <main className="bg-paper lg:border-rule mt-6 grid content-start px-5 py-8 sm:px-10 lg:mt-0 lg:border-l lg:pt-[max(7rem,26vh)] lg:px-14">
        <div className="fixed top-6 right-8 hidden lg:block">
          <ThemeToggle />
        </div>
        <div className="w-full max-w-md">
          <AuthForm
            notice={
              expired
                ? 'Your session has ended. Sign in again: what you were typing is still there.'
                : undefined
            }
            onSignedIn={onSignedIn}
          />
        </div>
      </main>
    </div>
  );
}
