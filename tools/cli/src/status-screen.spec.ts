import { expect, it } from 'vitest';
import type { Status } from './operations/status.ts';
import { screen } from './status-screen.ts';

const now = Date.parse('2026-01-01T12:00:00Z');
const fact = (commit: string, subject: string) => ({ commit, subject, time: '' });
const head = fact('h'.repeat(40), 'Mine');
const well: Status = {
  profile: 'todo',
  environment: 'dev',
  namespace: 'chatbot-dev',
  applied: { commit: 'a'.repeat(40), subject: 'Ship backend', at: '2026-01-01T11:55:00Z' },
  repository: { url: 'http://gitea/todo.git', outside: false },
  empty: false,
  git: { head, server: head, notPushed: [], notPulled: [], notApplied: [] },
  sync: 'Synced',
  health: 'Healthy',
  autoSync: { mode: 'automatic' },
  services: [
    {
      name: 'backend',
      kind: 'Deployment',
      tag: '12345678901234',
      ready: 2,
      wanted: 2,
      restarts: 1,
      since: '2026-01-01T10:00:00Z',
      pods: [],
    },
    { name: 'migrations', kind: 'Job', tag: '99', ready: 0, wanted: 1, restarts: 0, pods: [] },
  ],
  drift: [],
  behind: {},
  attention: [],
};

it('shows a well environment on one screen', () => {
  expect(screen(well, now)).toBe(
    [
      'cluster      todo, environment dev',
      'applied      aaaaaaaaaaaa Ship backend, 5 min ago',
      'git          hhhhhhhhhhhh Mine, pushed',
      'Argo CD      Synced, Healthy, auto-sync on',
      'not shipped  nothing',
      '',
      'service     image       ready     restarts  age',
      'backend     1234567890  2/2       1         2 h',
      'migrations  99          not done  0         -',
      '',
      'all is well',
    ].join('\n'),
  );
});

it('names what needs attention, drift by field, and the first of many commits', () => {
  const text = screen(
    {
      ...well,
      applied: { commit: 'b'.repeat(40) },
      git: { ...well.git, notPushed: ['1', '2', '3', '4', '5'].map((one) => fact(one, 'Work')) },
      autoSync: { mode: 'paused', since: '2026-01-01T11:00:00Z' },
      drift: [
        {
          object: 'Deployment/mcp',
          is: 'different',
          fields: [{ path: 'spec.replicas', from: 1, to: 2 }],
        },
      ],
      behind: { mcp: { from: '111', to: '222' } },
      attention: ['one object differs from git'],
    },
    now,
  );
  expect(text).toContain('bbbbbbbbbbbb (not in this checkout)\n');
  expect(text).toContain('not pushed   1 Work\n             2 Work\n');
  expect(text).toContain('             and 2 more\n');
  expect(text).toContain('auto-sync paused since 2026-01-01T11:00:00Z');
  expect(text).toContain('drift        Deployment/mcp spec.replicas: 1 → 2\n');
  expect(text).toContain('not shipped  mcp 111 → 222\n');
  expect(text).toMatch(/\nneeds attention: one object differs from git$/);
});

it('names a git server outside the cluster', () => {
  const repository = { url: 'https://git.example.com/me/todo.git', outside: true };
  expect(screen({ ...well, repository }, now)).toContain(
    'follows      https://git.example.com/me/todo.git\n',
  );
});

it('says of an environment without images what it waits for', () => {
  const prod: Status = { ...well, environment: 'prod', services: [], empty: true };
  delete prod.applied;
  const text = screen(prod, now);
  expect(text).toContain('applied      nothing yet: prod waits for its first "npm run promote"\n');
  expect(text).not.toContain('not shipped');
  expect(text).not.toContain('restarts');
});
