import { z } from 'zod';

/** The part of better-auth's user that the page shows. */
export const sessionUser = z.object({ id: z.string(), name: z.string(), email: z.string() });
export type SessionUser = z.infer<typeof sessionUser>;

/** Answer of `GET /api/auth/get-session`: null when nobody is signed in. */
export const sessionAnswer = z.object({ user: sessionUser }).nullable();

/** Answer of sign-in and sign-up. */
export const signedIn = z.object({ user: sessionUser });
