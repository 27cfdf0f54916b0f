// SPDX-License-Identifier: EUPL-1.2
// Bundles the web app: `node build.mjs OUT`. OUT gets index.html and assets/ with content hashes in their names.
// Prints what each part weighs and what each page fetches, and fails when a page without its map is heavier than the budget.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { methods } from './methods.mjs';

const BUDGET = 60 * 1024; // gzip, js and css of a page without its map, in both languages
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
const extra = await build({ ...options, entryPoints: { importeer: 'src/import.css', kaart: 'src/map.css', partner: 'src/partner.css', signaal: 'src/signal.css', mensen: 'src/people.css' } });
const app = await build({
  ...options, entryPoints: { app: 'src/main.tsx' }, splitting: true, plugins: [methods(join(here, '../docs/methods'))], define: { WORKER_URL: JSON.stringify(workerUrl), IMPORT_STYLE: JSON.stringify(written(extra, 'src/import.css')), MAP_STYLE: JSON.stringify(written(extra, 'src/map.css')), PARTNER_STYLE: JSON.stringify(written(extra, 'src/partner.css')), SIGNAL_STYLE: JSON.stringify(written(extra, 'src/signal.css')), PEOPLE_STYLE: JSON.stringify(written(extra, 'src/people.css')) },
});
const script = written(app, 'src/main.tsx');
const sheet = '/assets/' + readdirSync(join(out, 'assets')).find((f) => f.startsWith('stijl-') && f.endsWith('.css'));
writeFileSync(join(out, 'index.html'),
  readFileSync(join(here, 'src/index.html'), 'utf8').replace('%SCRIPT%', script).replace('%STYLE%', sheet));

// What the browser fetches before a page stands: the entry and all it imports, the style sheet, the words of the other language and the
// page's own script. Blocks that a page fetches after it are weighed apart. What draws maps stays out: it comes where a map is.
const outputs = Object.fromEntries(Object.entries(app.metafile.outputs).map(([k, v]) => [k.slice(k.indexOf('assets/')), v]));
const of = (entry) => Object.keys(outputs).find((file) => outputs[file].entryPoint === entry);
const asset = (path) => path.slice(path.indexOf('assets/'));
function closure(files, later) {
  const seen = new Set(), drawsMaps = of('src/map.ts');
  const follow = (file) => {
    if (seen.has(file) || file === drawsMaps) return;
    seen.add(file);
    for (const i of outputs[file].imports) if (i.kind === 'import-statement' || (later && i.kind === 'dynamic-import' && !first.has(file))) follow(asset(i.path));
  };
  files.forEach(follow);
  return [...seen];
}
const weigh = (file) => gzipSync(readFileSync(join(out, file)), { level: 9 }).length;
const kilo = (bytes) => (bytes / 1024).toFixed(1).padStart(7);
const first = new Set(closure([script.slice(1)], false));
const shared = [...first, of('src/text_en.ts')], pages = outputs[script.slice(1)].imports.filter((i) => i.kind === 'dynamic-import').map((i) => asset(i.path))
  .filter((file) => !['src/page_map.tsx', 'src/text_en.ts'].includes(outputs[file].entryPoint));
for (const file of readdirSync(join(out, 'assets')).sort())
  if (!file.endsWith('.woff2')) console.log(`${kilo(weigh(`assets/${file}`))} kB gzip  ${file}`);
// What the service worker keeps: the two pages that work without a connection, and all they stand on.
const letters = readdirSync(join(out, 'assets')).filter((f) => f.endsWith('.woff2')).map((f) => `/assets/${f}`);
const keep = ['/signaal', sheet, written(extra, 'src/signal.css'), ...letters, ...closure([script.slice(1), of('src/text_en.ts'), of('src/page_signal.tsx'), of('src/page_mine.tsx')], false).map((f) => '/' + f)];
const name = 'wijk-' + createHash('sha256').update(keep.join() + readFileSync(join(out, 'index.html'))).digest('hex').slice(0, 12);
await build({ ...options, entryPoints: { sw: 'src/sw.ts' }, entryNames: '[name]', format: 'iife', define: { KEEP: JSON.stringify([...new Set(keep)]), NAME: JSON.stringify(name) } });
const sum = (files) => [sheet.slice(1), ...new Set([...shared, ...files])].reduce((bytes, file) => bytes + weigh(file), 0);
let heaviest = 0;
for (const page of pages) {
  const total = sum(closure([page], false)), blocks = sum(closure([page], true)) - total;
  heaviest = Math.max(heaviest, total);
  console.log(`${kilo(total)} kB gzip  ${outputs[page].entryPoint} (budget ${BUDGET / 1024})${blocks ? `, and ${kilo(blocks).trim()} kB of blocks it fetches after it` : ''}`);
}
if (heaviest > BUDGET) {
  console.error('web: a page is over its budget');
  process.exit(1);
}
