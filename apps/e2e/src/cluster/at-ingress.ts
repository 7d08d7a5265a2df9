import { request } from 'node:http';

/** What came back from the ingress controller. */
export interface IngressAnswer {
  status: number;
  body: string;
}

/**
 * Sends a request to a host of the ingress. Browsers know that every name below "localhost" is this
 * machine; Node asks the resolver, which may not.
 */
export function atIngress(
  url: URL,
  options: { method?: string; headers?: Record<string, string>; body?: string } = {},
): Promise<IngressAnswer> {
  const { method = 'GET', headers = {}, body } = options;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        ...{ host: '127.0.0.1', port: url.port, path: url.pathname, method },
        headers: { ...headers, host: url.host },
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
