import { z } from 'zod';

/** Any text but NUL, which PostgreSQL cannot store. (A check, since a pattern would reach models.) */
export const storableText = z
  .string()
  .refine((text) => !text.includes('\0'), 'The text contains a NUL character.');
