import { sessionAnswer } from '../auth/session-user.ts';
import type { SessionState } from '../auth/use-session.ts';

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
    const response = await fetch(new URL('/api/auth/get-session?disableRefresh=true', backendUrl), {
      headers: { ...forwarded, cookie },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (!response.ok) return { status: 'unknown' };
    const session = sessionAnswer.parse(await response.json());
    return session
      ? { status: 'signedIn', user: session.user }
      : { status: 'signedOut', expired: true };
  } catch {
    return { status: 'unknown' };
  }
}
