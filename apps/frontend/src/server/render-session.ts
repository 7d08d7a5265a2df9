import { json } from 'node:stream/consumers';
import { sessionAnswer } from '../auth/session-user.ts';
import type { SessionState } from '../auth/use-session.ts';
import { openUpstream } from './open-upstream.ts';

/** A page is worth waiting this long for; then it asks for itself. */
const TIMEOUT_MS = 1_500;

/**
 * Who the page is rendered for, so that it arrives with the right view and nothing flashes.
 * @param cookie the browser's Cookie header
 */
export async function renderSession(
  backendUrl: string,
  cookie: string | null,
  forwarded: Record<string, string>,
): Promise<SessionState> {
  if (!cookie?.includes('session_token')) return { status: 'signedOut', expired: false };
  try {
    // The browser refreshes the session's cookie itself: a rendered page cannot set one.
    const response = await openUpstream({
      target: new URL('/api/auth/get-session?disableRefresh=true', backendUrl),
      method: 'GET',
      headers: { ...forwarded, cookie },
      body: null,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const answer = await json(response);
    if (response.statusCode !== 200) return { status: 'unknown' };
    const session = sessionAnswer.parse(answer);
    return session
      ? { status: 'signedIn', user: session.user }
      : { status: 'signedOut', expired: true };
  } catch {
    return { status: 'unknown' };
  }
}
