// SPDX-License-Identifier: EUPL-1.2
// Bundles the web app: `node build.mjs OUT`. OUT gets index.html and assets/ with content hashes in their names.
// Prints what each part weighs and fails when a page without a map is heavier than the budget.
import { build } from 'esbuild';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET = 60 * 1024; // gzip, js and css of a page without a map
const here = dirname(fileURLToPath(import.meta.url));
const out = resolve(process.argv[2] ?? join(here, 'dist'));
const packages = join(here, 'node_modules');
const options = {
  absWorkingDir: here, bundle: true, minify: true, format: 'esm', target: 'es2020', metafile: true, outdir: out,
  entryNames: 'assets/[name]-[hash]', chunkNames: 'assets/[name]-[hash]', assetNames: 'assets/[name]-[hash]',
  publicPath: '/', legalComments: 'none', logLevel: 'warning', jsx: 'automatic', jsxImportSource: 'preact',
  loader: { '.woff2': 'file' },
};

// The design tokens of the NL Design System, cut to those our style sheet asks for.
function tokens(css) {
  const theme = readFileSync(join(packages, '@nl-design-system-unstable/voorbeeld-design-tokens/dist/theme.css'), 'utf8');
  const known = new Map([...theme.matchAll(/(--[\w-]+):\s*([^;]+);/g)].map((m) => [m[1], m[2]]));
  const wanted = new Map();
  const ask = (text) => {
    for (const [, name] of text.matchAll(/var\((--[\w-]+)/g)) {
      if (!known.has(name) || wanted.has(name)) continue;
      wanted.set(name, known.get(name));
      ask(known.get(name));
    }
  };
  ask(css);
  return `:where(.voorbeeld-theme){${[...wanted].map(([k, v]) => `${k}:${v}`).join(';')}}`;
}

function written(result, entry) {
  const [file] = Object.entries(result.metafile.outputs).find(([, o]) => o.entryPoint === entry);
  return '/' + file.slice(file.indexOf('assets/'));
}

rmSync(out, { recursive: true, force: true });
mkdirSync(join(out, 'assets'), { recursive: true });

const worker = await build({ ...options, entryPoints: { kaartwerker: 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs' } });
const workerUrl = written(worker, 'node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs');

const plain = await build({ ...options, entryPoints: ['src/style.css'], write: false });
const css = plain.outputFiles.find((f) => f.path.endsWith('.css')).text;
const style = await build({
  ...options, entryPoints: undefined,
  stdin: { contents: '@import "./src/style.css";\n' + tokens(css), loader: 'css', resolveDir: here, sourcefile: 'stijl.css' },
  entryNames: 'assets/stijl-[hash]',
});
// The pages of the import and of the map bring their own style, fetched with them.
const extra = await build({ ...options, entryPoints: { importeer: 'src/import.css', kaart: 'src/map.css' } });
const app = await build({
  ...options, entryPoints: { app: 'src/main.tsx' }, splitting: true, define: { WORKER_URL: JSON.stringify(workerUrl), IMPORT_STYLE: JSON.stringify(written(extra, 'src/import.css')), MAP_STYLE: JSON.stringify(written(extra, 'src/map.css')) },
});
const script = written(app, 'src/main.tsx');
const sheet = '/assets/' + readdirSync(join(out, 'assets')).find((f) => f.startsWith('stijl-') && f.endsWith('.css'));
writeFileSync(join(out, 'index.html'),
  readFileSync(join(here, 'src/index.html'), 'utf8').replace('%SCRIPT%', script).replace('%STYLE%', sheet));

// What the browser fetches for a page without a map: the entry and all it imports statically, and the style sheet.
const outputs = Object.fromEntries(Object.entries(app.metafile.outputs).map(([k, v]) => [k.slice(k.indexOf('assets/')), v]));
const first = new Set();
const follow = (file) => {
  if (first.has(file)) return;
  first.add(file);
  for (const i of outputs[file].imports) if (i.kind === 'import-statement') follow(i.path.slice(i.path.indexOf('assets/')));
};
follow(script.slice(1));
first.add(sheet.slice(1));
const weigh = (file) => gzipSync(readFileSync(join(out, file)), { level: 9 }).length;
const total = [...first].reduce((sum, file) => sum + weigh(file), 0);
for (const file of readdirSync(join(out, 'assets')).sort())
  if (!file.endsWith('.woff2')) console.log(`${(weigh(`assets/${file}`) / 1024).toFixed(1).padStart(7)} kB gzip  ${file}`);
console.log(`${(total / 1024).toFixed(1).padStart(7)} kB gzip  a page without a map (budget ${BUDGET / 1024})`);
if (total > BUDGET) {
  console.error('web: the page without a map is over its budget');
  process.exit(1);
}
