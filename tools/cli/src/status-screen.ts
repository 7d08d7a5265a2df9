import { ageOf } from './age.ts';
import { describeDrift } from './cluster/drift.ts';
import type { CommitFact } from './commit-facts.ts';
import { describeField } from './object-diff.ts';
import type { Status } from './operations/status.ts';
import { describeChanges } from './restore.ts';

/** A status as a person reads it. */
export function screen(status: Status, now = Date.now()): string {
  const { git, applied, behind, drift, attention } = status;
  const rows = [
    ['cluster', `${status.profile}, environment ${status.environment}`],
    ...(status.repository.outside ? [['follows', status.repository.url]] : []),
    ['applied', applied ? appliedLine(applied, now) : nothingApplied(status)],
    ['git', gitLine(git)],
    ...more('not pushed', git.notPushed),
    ...more('not pulled', git.notPulled),
    ...more('not applied', git.notApplied),
    ['Argo CD', `${status.sync}, ${status.health}, ${autoSyncText(status)}`],
    ...(status.empty ? [] : [['not shipped', describeChanges(behind).join('; ') || 'nothing']]),
    ...drift
      .flatMap((one) => describeDrift(one, describeField))
      .map((line, index) => [index === 0 ? 'drift' : '', line]),
  ];
  return [
    ...rows.map(([label = '', text = '']) => `${label.padEnd(13)}${text}`.trimEnd()),
    '',
    ...(status.services.length > 0 ? [...services(status, now), ''] : []),
    ...(attention.length > 0 ? attention.map((one) => `needs attention: ${one}`) : ['all is well']),
  ].join('\n');
}

const nothingApplied = ({ empty, environment }: Status) =>
  empty ? `nothing yet: ${environment} waits for its first "npm run promote"` : 'nothing yet';

function appliedLine({ commit, subject, at }: NonNullable<Status['applied']>, now: number) {
  const when = at ? `, ${ageOf(at, now)} ago` : '';
  return `${commit.slice(0, 12)} ${subject ?? '(not in this checkout)'}${when}`;
}

function gitLine({ head, server, notPushed, notPulled }: Status['git']): string {
  const text = `${head.commit.slice(0, 12)} ${head.subject}`;
  if (!server) return text;
  return notPushed.length + notPulled.length === 0 ? `${text}, pushed` : text;
}

/** How many commits are told one by one. */
const SHOWN = 3;

function more(label: string, commits: CommitFact[]): string[][] {
  const lines = commits
    .slice(0, SHOWN)
    .map(({ commit, subject }) => `${commit.slice(0, 12)} ${subject}`);
  if (commits.length > SHOWN) lines.push(`and ${commits.length - SHOWN} more`);
  return lines.map((line, index) => [index === 0 ? label : '', line]);
}

function autoSyncText({ autoSync }: Status): string {
  if (autoSync.mode === 'automatic') return 'auto-sync on';
  if (autoSync.mode === 'by hand') return 'synced by hand';
  return `auto-sync paused${autoSync.since ? ` since ${autoSync.since}` : ''}`;
}

function services(status: Status, now: number): string[] {
  const rows = status.services.map(({ name, kind, tag, ready, wanted, restarts, since }) => [
    name,
    tag.slice(0, 10),
    kind === 'Job' ? (ready >= wanted ? 'done' : 'not done') : `${ready}/${wanted}`,
    String(restarts),
    since ? ageOf(since, now) : '-',
  ]);
  const table = [['service', 'image', 'ready', 'restarts', 'age'], ...rows];
  const widths = [0, 1, 2, 3, 4].map((at) =>
    Math.max(...table.map((row) => (row[at] ?? '').length)),
  );
  return table.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
