// Makes every product in dist/: the hosted page, preempt.html (all in one file), preempt.js with its types.
// Needs build/wasm/preempt_wasm.js and .wasm (scripts/build makes them first).
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import ts from 'typescript';
import { build } from 'vite';
import { licences } from './licences.mjs';
import { pageConfig, withPolicy } from './page.mjs';
import { preemptWasm, root } from './plugins.mjs';

// Built beside dist/ and moved there at the end: a server that is running never shows half a page.
const dist = `${root}dist`;
const stage = `${root}build/dist`;

const sha256 = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const filesOf = (result) => (Array.isArray(result) ? result[0] : result).output;

async function hostedPage() {
  await build({ ...pageConfig({ outDir: stage }), logLevel: 'warn' });
  const html = await readFile(`${stage}/index.html`, 'utf8');
  if (/<script(?![^>]*\ssrc=)[^>]*>|<style[\s>]|\sstyle=|\son[a-z]+=/i.test(html))
    throw new Error('the hosted page must not hold inline scripts or styles: its policy forbids them');
  await writeFile(`${stage}/index.html`, withPolicy(html, "'self'", "'self'"));
}

async function singleFile() {
  const files = filesOf(await build({ ...pageConfig({ single: true }), logLevel: 'warn' }));
  const scripts = files.filter((file) => file.type === 'chunk');
  const others = files.filter((file) => file.type === 'asset');
  const page = others.find((file) => file.fileName === 'index.html');
  const styles = others.filter((file) => file.fileName.endsWith('.css'));
  const rest = others.filter((file) => file !== page && !styles.includes(file));
  if (scripts.length !== 1 || rest.length)
    throw new Error(`cannot be one file: ${files.map((file) => file.fileName).join(', ')}`);

  // Inside <script>, "</script" and "<!--" would end or change the script: written so that they mean the same in strings.
  const script = scripts[0].code.replace(/<\/(script)/gi, '<\\/$1').replace(/<!--/g, '<\\!--');
  const style = styles.map((file) => String(file.source)).join('\n');
  if (/<\/style/i.test(style)) throw new Error('a style sheet may not say </style');
  const html = String(page.source)
    .replace(/<script\b[^>]*\ssrc=[^>]*><\/script>\s*/g, '')
    .replace(/<link\b[^>]*\srel="(stylesheet|modulepreload)"[^>]*>\s*/g, '')
    .replace('</head>', () => `<style>${style}</style>\n</head>`)
    .replace('</body>', () => `<script type="module">${script}</script>\n</body>`);
  await writeFile(`${stage}/preempt.html`, withPolicy(html, sha256(script), sha256(style)));
}

/** The types of preempt.js as one file: what the compiler says of wasm/api.ts, with the generated documents inside. */
async function declarations() {
  const generated = '../build/generated/report';
  const { config } = ts.readConfigFile(`${root}web/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, `${root}web`);
  const program = ts.createProgram([`${root}wasm/api.ts`, `${root}wasm/env.d.ts`], {
    ...options,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    noEmitOnError: true,
    outDir: `${root}build/types`,
  });
  let api = '';
  const emitted = program.emit(undefined, (name, text) => {
    if (name.endsWith('/api.d.ts')) api = text;
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...emitted.diagnostics];
  if (problems.length)
    throw new Error(
      ts.formatDiagnostics(problems, {
        getCanonicalFileName: (name) => name,
        getCurrentDirectory: () => root,
        getNewLine: () => '\n',
      }),
    );
  const own = api.replace(/^(import|export) type [^;]*from ['"]([^'"]+)['"];\n/gm, (line, _, from) =>
    from === generated ? '' : line,
  );
  if (!own || /\bfrom ['"]|\bimport\(/.test(own))
    throw new Error('wasm/api.ts may take types from the generated file only');
  return `${own.trimEnd()}\n\n${await readFile(`${root}build/generated/report.d.ts`, 'utf8')}`;
}

async function library() {
  const [file, ...more] = filesOf(
    await build({
      configFile: false,
      root: `${root}web`,
      logLevel: 'warn',
      plugins: [preemptWasm()],
      build: {
        write: false,
        target: 'es2022',
        modulePreload: false,
        rolldownOptions: {
          input: `${root}wasm/api.ts`,
          preserveEntrySignatures: 'strict',
          output: { format: 'es', codeSplitting: false },
        },
      },
    }),
  );
  if (more.length) throw new Error('preempt.js must be one file');
  await writeFile(`${stage}/preempt.js`, file.code);
  await writeFile(`${stage}/preempt.d.ts`, await declarations());
}

await rm(stage, { recursive: true, force: true });
await mkdir(stage, { recursive: true });
await hostedPage();
await singleFile();
await library();
await writeFile(`${stage}/licences.txt`, await licences());
await rm(dist, { recursive: true, force: true });
await rename(stage, dist);
