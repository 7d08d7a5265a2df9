/**
 * Next.js hands a route a Proxy around its request, which cannot be read by `new Request(request)`.
 * @returns an ordinary Request with the same method, headers, body stream and abort signal
 */
export function plainRequest(request: Request): Request {
  const { url, method, headers, signal } = request;
  // Next.js gives an empty body to a DELETE without one.
  const hasBody = Number(headers.get('content-length')) > 0 || headers.has('transfer-encoding');
  return new Request(url, {
    method,
    headers,
    signal,
    ...(hasBody && { body: request.body, duplex: 'half' }),
  });
}
