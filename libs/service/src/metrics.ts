import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  /** Register a service's own metrics here; nothing is global. */
  registry: Registry;
  /** Seconds from a request's arrival to its response's headers. */
  requestDuration: Histogram<'method' | 'route' | 'status'>;
}

/** A registry with the process' metrics and the histogram of HTTP requests. */
export function createMetrics(service: string): Metrics {
  const registry = new Registry();
  registry.setDefaultLabels({ service });
  collectDefaultMetrics({ register: registry });
  const requestDuration = new Histogram({
    name: 'http_request_duration_seconds',
    help: "Seconds from a request's arrival to its response's headers.",
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5],
    registers: [registry],
  });
  return { registry, requestDuration };
}
