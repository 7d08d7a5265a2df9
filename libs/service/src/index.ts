export {
  clientAddress,
  PRIVATE_NETWORKS,
  trustNetworks,
  type IsTrusted,
} from './client-address.ts';
export { ConfigError, loadConfig, variableMeta, type VariableMeta } from './config.ts';
export { describeError, type DescribedError } from './describe-error.ts';
export { HttpProblem, problemOf, type Explain, type HttpProblemExtras } from './http-problem.ts';
export { createLogger, type Logger, type LoggerOptions } from './logger.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { readJson } from './read-json.ts';
export { urlAnswers, type Check } from './readiness.ts';
export { ListenError, serve, type RunningServer, type ServeOptions } from './serve.ts';
export { serverVariables } from './server-variables.ts';
export { type ServiceEnv } from './service-env.ts';
export { createService, type Service, type ServiceOptions } from './service.ts';
export { runMain, StartupError } from './startup-error.ts';
