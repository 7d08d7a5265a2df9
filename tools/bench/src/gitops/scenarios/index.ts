import type { Scenario } from '../bench.ts';
import { argocdDefaults } from './argocd-defaults.ts';
import { fourApps } from './four-apps.ts';
import { helmUpgrade } from './helm-upgrade.ts';
import { kubectlSetImage } from './kubectl-set-image.ts';
import { ninetyServices } from './ninety-services.ts';
import { noOp } from './no-op.ts';
import { oneLine } from './one-line.ts';
import { rollback } from './rollback.ts';

/** In the order in which they run. */
export const scenarios: Scenario[] = [
  oneLine,
  noOp,
  fourApps,
  rollback,
  argocdDefaults,
  helmUpgrade,
  kubectlSetImage,
  ninetyServices,
];
