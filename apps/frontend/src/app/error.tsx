'use client';

export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-content-center gap-4 p-6 text-center">
      <h1 className="text-3xl font-bold tracking-tight">This page stumbled</h1>
      <p className="text-faded">Nothing you saved is lost. What you were typing is kept too.</p>
      <button type="button" className="button button-pen justify-self-center" onClick={reset}>
        Try again
      </button>
    </main>
  );
}
