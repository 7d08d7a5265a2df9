import { serverVariables } from '@todo/service';
import { z } from 'zod';

/** The environment of the frontend's server. Nothing of it reaches the browser. */
export const configSchema = z.object({
  BACKEND_URL: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) URL' })
    .default('http://localhost:8000')
    .describe('Base URL of the backend, to which /api/* is forwarded'),
  ...serverVariables(3000),
});
export type Config = z.infer<typeof configSchema>;
