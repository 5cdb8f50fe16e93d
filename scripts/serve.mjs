// A small static server for dist/ on this machine only: node scripts/serve.mjs [--port N] [--root FOLDER]
// Takes the next free port when the one asked for is taken, and says so. Prints the address when it is ready.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { port: { type: 'string', default: '8080' }, root: { type: 'string' } },
});
const folder = resolve(values.root ?? fileURLToPath(new URL('../dist', import.meta.url)));
const wanted = Number(values.port);
if (!Number.isInteger(wanted) || wanted < 1 || wanted > 65535) {
  console.error(`--port takes a number from 1 to 65535, not "${values.port}"`);
  process.exit(2);
}

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.ts': 'text/plain; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};

async function answer(request, response) {
  const refuse = (status) => response.writeHead(status, { 'content-type': 'text/plain' }).end(`${status}\n`);
  if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(405);
  let path;
  try {
    path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
  } catch {
    return refuse(400);
  }
  const file = resolve(folder, `.${path.endsWith('/') ? `${path}index.html` : path}`);
  if (!file.startsWith(folder + sep) || path.includes('\0')) return refuse(403);
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) return refuse(404);
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-length': found.size,
    'cache-control': 'no-store',
  });
  if (request.method === 'HEAD') return response.end();
  return createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}

const listen = (port, host) =>
  new Promise((done, failed) => {
    const server = createServer(answer).once('error', failed);
    server.listen(port, host, () => done(server));
  });

/** "localhost" may mean either address: both are taken, so that nobody else answers on the one or the other. */
async function listenOnBoth(port) {
  const first = await listen(port, '127.0.0.1');
  try {
    await listen(port, '::1');
  } catch (error) {
    if (error.code === 'EADDRINUSE') {
      first.close();
      throw error;
    } // else: this machine has no IPv6
  }
}

for (let port = wanted; ; port++) {
  try {
    await listenOnBoth(port);
    if (port !== wanted) console.log(`Port ${wanted} is taken, so this is port ${port}.`);
    console.log(`Preempt is at http://localhost:${port}/  (Ctrl+C stops it)`);
    break;
  } catch (error) {
    if (error.code === 'EADDRINUSE' && port < Math.min(wanted + 100, 65535)) continue;
    console.error(`Cannot serve on port ${port}: ${error.message}`);
    process.exit(1);
  }
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
