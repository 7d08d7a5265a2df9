import type { Instrumentation } from 'next';

/** Runs once, before the server answers: a wrong environment ends the process with the reason. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { start } = await import('./server/start.ts');
  start();
}

/** An error while rendering a page, which Next.js has answered with 500. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { serverApp } = await import('./server/server-app.ts');
  serverApp().logger.error(
    { err: error, path: request.path, route: context.routePath },
    'request failed',
  );
};
