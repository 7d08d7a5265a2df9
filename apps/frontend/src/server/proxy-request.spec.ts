import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { proxyRequest } from './proxy-request.ts';

const PAGE = 'http://todo.localhost:30000';
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
});

async function backend(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(started.address() as AddressInfo).port}`;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

describe('the /api proxy', () => {
  it('passes method, path, query, cookie and body on', async () => {
    const backendUrl = await backend(async (request, response) => {
      const { method, url, headers } = request;
      response.end(
        JSON.stringify({ method, url, cookie: headers.cookie, body: await bodyOf(request) }),
      );
    });
    const response = await proxyRequest(
      new Request(`${PAGE}/api/tasks/a%20b?status=open&status=x`, {
        method: 'PATCH',
        headers: { cookie: 'session=1' },
        body: '{"completed":true}',
      }),
      { backendUrl },
    );
    expect(await response.json()).toEqual({
      method: 'PATCH',
      url: '/api/tasks/a%20b?status=open&status=x',
      cookie: 'session=1',
      body: '{"completed":true}',
    });
  });

  it('tells the backend the address in the browser, and keeps connection headers to itself', async () => {
    const backendUrl = await backend((request, response) => {
      response.end(JSON.stringify(request.headers));
    });
    const response = await proxyRequest(
      new Request(`${PAGE}/api/tasks`, {
        headers: { connection: 'x-private', 'x-private': '1', te: 'trailers', origin: PAGE },
      }),
      { backendUrl },
    );
    const seen = (await response.json()) as Record<string, string>;
    expect(seen).toMatchObject({
      'x-forwarded-host': 'todo.localhost:30000',
      'x-forwarded-proto': 'http',
      origin: PAGE,
      host: new URL(backendUrl).host,
    });
    expect(seen).not.toHaveProperty('x-private');
    expect(seen).not.toHaveProperty('te');
  });

  it('keeps the forwarded host and protocol of an ingress in front of it', async () => {
    const backendUrl = await backend((request, response) => {
      response.end(JSON.stringify(request.headers));
    });
    const response = await proxyRequest(
      new Request(`${PAGE}/api/tasks`, {
        headers: { 'x-forwarded-host': 'todo.local', 'x-forwarded-proto': 'https' },
      }),
      { backendUrl },
    );
    expect(await response.json()).toMatchObject({
      'x-forwarded-host': 'todo.local',
      'x-forwarded-proto': 'https',
    });
  });

  it('returns status, several cookies, and an empty body as they are', async () => {
    const backendUrl = await backend((_, response) => {
      response.writeHead(204, {
        'set-cookie': ['a=1; HttpOnly', 'b=2; Expires=Wed, 09 Jun 2027 10:18:14 GMT'],
      });
      response.end();
    });
    const response = await proxyRequest(new Request(`${PAGE}/api/x`, { method: 'DELETE' }), {
      backendUrl,
    });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()).toEqual([
      'a=1; HttpOnly',
      'b=2; Expires=Wed, 09 Jun 2027 10:18:14 GMT',
    ]);
  });

  it('passes redirects on instead of following them', async () => {
    const backendUrl = await backend((_, response) => {
      response.writeHead(302, { location: '/elsewhere' });
      response.end();
    });
    const response = await proxyRequest(new Request(`${PAGE}/api/x`), { backendUrl });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/elsewhere']);
  });

  it('hands over each event when the backend writes it, and asks nobody to transform them', async () => {
    let write: (text: string) => unknown = () => undefined;
    const backendUrl = await backend((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      write = (text) => response.write(text);
      write('data: one\n\n');
    });
    const response = await proxyRequest(
      new Request(`${PAGE}/api/chat`, { method: 'POST', body: '{}' }),
      {
        backendUrl,
      },
    );
    expect(response.headers.get('cache-control')).toContain('no-transform');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('data: one\n\n');
    write('data: two\n\n');
    expect((await reader?.read())?.value).toBe('data: two\n\n');
    await reader?.cancel();
  });

  it('ends the request to the backend when the browser leaves', async () => {
    const left = Promise.withResolvers<undefined>();
    const backendUrl = await backend((_, response) => {
      response.on('close', () => left.resolve(undefined));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: one\n\n');
    });
    const browser = new AbortController();
    await proxyRequest(new Request(`${PAGE}/api/chat`, { signal: browser.signal }), { backendUrl });
    browser.abort();
    await left.promise;
  });

  it('shows the answer of a backend that refuses a long body before reading it', async () => {
    const backendUrl = await backend((request, response) => {
      response.writeHead(413, { connection: 'close' });
      response.end('too long', () => request.socket.destroySoon());
    });
    const response = await proxyRequest(
      new Request(`${PAGE}/api/tasks`, { method: 'POST', body: 'x'.repeat(4_000_000) }),
      { backendUrl },
    );
    expect(response.status).toBe(413);
  });

  it('answers 502 with a problem when nobody listens', async () => {
    const backendUrl = await backend(() => undefined);
    server?.close();
    const onUnreachable = vi.fn();
    const response = await proxyRequest(
      new Request(`${PAGE}/api/tasks`, { method: 'POST', body: '{}' }),
      { backendUrl, onUnreachable },
    );
    expect(response.status).toBe(502);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toMatchObject({ code: 'backend_unreachable', status: 502 });
    expect(onUnreachable).toHaveBeenCalledOnce();
  });
});
