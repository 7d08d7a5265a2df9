import { isRunning, isServed, tokenIssuer, type Declarations } from './declaration.ts';

/** Namespaces of the ingress controller and of the metrics scraper. */
const INGRESS_CONTROLLER = 'traefik';
const METRICS_SCRAPER = 'monitoring';
export const isIngressController = (namespace: string): boolean => namespace === INGRESS_CONTROLLER;
export const isMetricsScraper = (namespace: string): boolean => namespace === METRICS_SCRAPER;

/** What is said of the arrows to the service that issues tokens. */
const TOKEN_KEYS = ' The token keys (JWKS).';

/** One end of an arrow, as in `network.from` and `network.to` of a chart's values. */
export interface Peer {
  app?: string;
  namespace?: string;
  anywhere?: true;
  database?: true;
  port?: number;
}

/** An arrow that follows from declarations, and what a comment should say of it. */
export interface Arrow {
  peer: Peer;
  comment?: string;
}

/**
 * Who may connect to an app: its callers, the ingress controller when it is public, those who verify
 * tokens with its keys, and the metrics scraper; or anyone, through a port of the node.
 */
export function arrowsIn(declarations: Declarations, app: string): Arrow[] {
  const service = declarations.get(app);
  if (!service || !isRunning(service)) return [];
  if (isServed(service) && service.nodePort) return [{ peer: { anywhere: true } }];
  const callers = [...declarations]
    .filter(([, { calls }]) => calls.includes(app))
    .map(([name]) => name);
  const verifiers =
    tokenIssuer(declarations)?.name === app
      ? [...declarations]
          .filter(([, other]) => isRunning(other) && other.verifiesTokens)
          .map(([name]) => name)
          .filter((name) => name !== app && !callers.includes(name))
      : [];
  return [
    ...callers.map((name) => ({ peer: { app: name } })),
    ...(isServed(service) && service.public ? [{ peer: { namespace: INGRESS_CONTROLLER } }] : []),
    ...verifiers.map((name, index) => ({
      peer: { app: name },
      ...(index === 0 && { comment: TOKEN_KEYS }),
    })),
    { peer: { namespace: METRICS_SCRAPER } },
  ];
}

/** Whom an app may connect to: its callees, the service whose keys it verifies tokens with, and the database. */
export function arrowsOut(declarations: Declarations, app: string): Arrow[] {
  const service = declarations.get(app);
  if (!service) return [];
  const issuer =
    isRunning(service) && service.verifiesTokens ? tokenIssuer(declarations) : undefined;
  return [
    ...service.calls.map((name) => ({ peer: { app: name, port: portOf(declarations, name) } })),
    ...(issuer && issuer.name !== app && !service.calls.includes(issuer.name)
      ? [{ peer: { app: issuer.name, port: issuer.port }, comment: TOKEN_KEYS }]
      : []),
    ...(service.database ? [{ peer: { database: true as const } }] : []),
  ];
}

/** Who may connect to the database. */
export function arrowsToDatabase(declarations: Declarations): Arrow[] {
  return [...declarations]
    .filter(([, { database }]) => database)
    .map(([name]) => ({ peer: { app: name } }));
}

function portOf(declarations: Declarations, name: string): number {
  const service = declarations.get(name);
  return service && isRunning(service) ? service.port : 0;
}

/** Whether an entry was written by hand: it names addresses or a namespace that no app declares. */
export function isByHand(entry: Record<string, unknown>): boolean {
  if ('cidr' in entry) return true;
  const { namespace } = entry;
  return (
    typeof namespace === 'string' && !isIngressController(namespace) && !isMetricsScraper(namespace)
  );
}
