import type { CheckoutState } from './checkout-state.ts';
import type { ApplicationReport } from './cluster/application-report.ts';
import type { Drift } from './cluster/drift.ts';
import type { ServiceState } from './cluster/service-state.ts';

interface Standing {
  report: ApplicationReport;
  git: CheckoutState;
  services: ServiceState[];
  drift: Drift[];
  /** No images were ever promoted to the environment. */
  empty: boolean;
}

/** What somebody should look at; work that is only not pushed or not shipped yet is none of it. */
export function attentionOf({ report, git, services, drift, empty }: Standing): string[] {
  const { autoSync, sync, health, problem } = report;
  const news: string[] = [];
  if (autoSync.mode === 'paused') {
    const since = autoSync.since ? ` since ${autoSync.since}` : '';
    news.push(
      `auto-sync is paused${since}: "npm run rollback -- --adopt" keeps what runs, "npm run resume" deploys what git says`,
    );
  }
  if (problem) news.push(problem);
  if (!git.server) news.push('the git server does not answer: "npm run up" repairs it');
  if (empty) return news;
  if (!report.applied && autoSync.mode === 'by hand') {
    return [
      ...news,
      'nothing is applied yet: press Sync in Argo CD, or "npm run promote -- --sync"',
    ];
  }
  if (git.notApplied.length > 0) {
    const byHand = autoSync.mode === 'by hand' ? '; press Sync in Argo CD' : '';
    news.push(`${commits(git.notApplied.length)} pushed but not applied${byHand}`);
  }
  if (drift.length > 0) news.push(differ(drift.length));
  else if (sync !== 'Synced') news.push(`Argo CD says ${sync}`);
  for (const { name, pending, trouble, ready, wanted } of services) {
    const lacking = pending ?? (ready < wanted ? `${name}: ${ready} of ${wanted} done` : undefined);
    if (lacking) news.push(trouble ? `${lacking} (${trouble})` : lacking);
  }
  if (health !== 'Healthy' && news.length === 0) news.push(`Argo CD says ${health}`);
  return news;
}

const commits = (count: number) => (count === 1 ? 'one commit is' : `${count} commits are`);

const differ = (count: number) =>
  count === 1 ? 'one object differs from git' : `${count} objects differ from git`;
