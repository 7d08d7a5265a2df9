import { z } from 'zod';
import { request } from '../http/request.ts';
import { sessionAnswer, signedIn, type SessionUser } from './session-user.ts';

export interface Credentials {
  email: string;
  password: string;
}

export async function signIn(credentials: Credentials): Promise<SessionUser> {
  return (await request('/api/auth/sign-in/email', signedIn, { method: 'POST', body: credentials }))
    .user;
}

export async function signUp(account: Credentials & { name: string }): Promise<SessionUser> {
  return (await request('/api/auth/sign-up/email', signedIn, { method: 'POST', body: account }))
    .user;
}

export async function signOut(): Promise<void> {
  await request('/api/auth/sign-out', z.unknown(), { method: 'POST', body: {} });
}

/** Who is signed in, if anybody; also keeps a session that is in use from running out. */
export async function currentUser(): Promise<SessionUser | undefined> {
  return (await request('/api/auth/get-session', sessionAnswer))?.user;
}
