import next from '@next/eslint-plugin-next';
import reactHooks from 'eslint-plugin-react-hooks';
// eslint-disable-next-line @nx/enforce-module-boundaries -- the workspace's own rules
import base from '../../eslint.config.js';

export default [
  ...base,
  {
    ...next.configs['core-web-vitals'],
    files: ['**/*.{ts,tsx}'],
    settings: { next: { rootDir: import.meta.dirname } },
  },
  { ...reactHooks.configs.flat['recommended-latest'], files: ['**/*.{ts,tsx}'] },
];
