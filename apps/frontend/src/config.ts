import { serverVariables, trustNetworks } from '@todo/service';
import { z } from 'zod';

// Next.js' own server listens; it reads the address from HOSTNAME.
const { HOST, ...shared } = serverVariables(3000);

/** The environment of the frontend's server. Nothing of it reaches the browser. */
export const configSchema = z.object({
  BACKEND_URL: z
    .url({ protocol: /^https?$/, error: 'is not an http(s) URL' })
    .default('http://localhost:8000')
    .describe('Base URL of the backend, to which /api/* is forwarded'),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .refine(isNetworkList, { error: 'is not a list of IP addresses and networks' })
    .describe(
      'Proxies in front whose x-forwarded-for is believed, such as 10.0.0.0/8, separated by commas; by default none',
    ),
  HOSTNAME: HOST,
  ...shared,
});
export type Config = z.infer<typeof configSchema>;

function isNetworkList(list: string): boolean {
  try {
    trustNetworks(list);
    return true;
  } catch {
    return false;
  }
}
