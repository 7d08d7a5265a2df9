import Link from 'next/link';

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-content-center gap-4 p-6 text-center">
      <h1 className="text-3xl font-bold tracking-tight">There is nothing here</h1>
      <p className="text-faded">The address may have a typo, or the page is gone.</p>
      <Link className="button button-pen justify-self-center" href="/">
        Open your tasks
      </Link>
    </main>
  );
}
