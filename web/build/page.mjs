// How the page is built: the same settings for the development server, the hosted page and the single file.
import { fileURLToPath } from 'node:url';
import { preemptWasm, preemptWorker, root } from './plugins.mjs';

const policy = (scripts, styles) =>
  [
    "default-src 'none'",
    "connect-src 'none'",
    `script-src ${scripts} 'wasm-unsafe-eval'`,
    'worker-src blob:',
    `style-src ${styles}`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/**
 * Writes the content security policy as the first thing in the page's head, before anything that could load.
 * @param {string} html @param {string} scripts @param {string} styles the sources allowed for each
 */
export function withPolicy(html, scripts, styles) {
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy(scripts, styles)}" />`;
  if (!/<meta charset="utf-8"\s*\/?>/i.test(html))
    throw new Error('index.html must say <meta charset="utf-8">');
  return html.replace(/<meta charset="utf-8"\s*\/?>/i, (charset) => `${charset}\n    ${meta}`);
}

/** @param {{ single?: boolean, outDir?: string }} options @returns {import("vite").InlineConfig} */
export function pageConfig({ single = false, outDir = `${root}dist` } = {}) {
  return {
    configFile: false,
    root: fileURLToPath(new URL('..', import.meta.url)),
    base: './', // relative addresses: the page works under any subpath
    publicDir: false,
    plugins: [preemptWasm(), preemptWorker()],
    build: {
      outDir,
      write: !single,
      emptyOutDir: false,
      target: 'es2022',
      modulePreload: { polyfill: false }, // the polyfill fetches
      assetsInlineLimit: single ? Number.MAX_SAFE_INTEGER : 4096,
      cssCodeSplit: !single,
      chunkSizeWarningLimit: 4096,
      // Two scripts for a host: the page, and the worker's, which the page asks for as soon as it is drawn.
      rolldownOptions: single ? { output: { codeSplitting: false } } : {},
    },
  };
}
