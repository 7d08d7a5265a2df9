import { resolve } from 'node:path';
import type { NextConfig } from 'next';

// A build talks to nobody.
process.env['NEXT_TELEMETRY_DISABLED'] = '1';

const workspaceRoot = resolve(import.meta.dirname, '../..');

const securityHeaders = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
  {
    key: 'Permissions-Policy',
    value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()',
  },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
];

const config: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: workspaceRoot,
  outputFileTracingExcludes: {
    '**/*': ['../../node_modules/sharp/**/*', '../../node_modules/@img/**/*'],
  },
  turbopack: { root: workspaceRoot },
  transpilePackages: ['@todo/contracts', '@todo/service'],
  images: { unoptimized: true },
  poweredByHeader: false,
  // The same source gives the same build id, so that two replicas serve the same assets.
  generateBuildId: () => process.env['NX_TASK_HASH'] ?? 'local',
  // The `typecheck` target checks the types of the whole project, specs included.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/:path*', headers: securityHeaders }],
};

export default config;
