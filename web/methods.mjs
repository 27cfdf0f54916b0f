// SPDX-License-Identifier: EUPL-1.2
// The pages of docs/methods as scripts of the app: esbuild asks for `methods:list` (what there is, by group) and gets one chunk a page,
// fetched when it is read. Only the signs those pages use are known: headings, paragraphs, lists, tables, formulas, links.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

// In the order of somebody who asks «how is it here?», «where is it going?», «compared with whom?», «may this be shown?».
const GROUPS = {
  score: ['leefbaarometer', 'klassen', 'optellen', 'onvoldoende', 'lokale-weging'],
  course: ['trend', 'verlopen', 'ontleding', 'kloof', 'tussenschatting'],
  compare: ['vergelijkbaar', 'verwacht', 'beleving', 'concentratie', 'clusters'],
  data: ['brongetal', 'onthulling', 'getekend-gebied', 'omrekenen', 'algoritmeregister', 'aanbod', 'normen', 'signalen', 'modereren', 'logboek'],
};
const known = new Set(Object.values(GROUPS).flat());

const escape = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
/** A link to another page stays one; to a file of the source only its words. */
function linked(text, to) {
  const page = /^([\w-]+)\.md(?:#.*)?$/.exec(to);
  if (page && known.has(page[1])) return `<a href="/methode/${page[1]}">${text}</a>`;
  return /^https:\/\//.test(to) ? `<a href="${escape(to)}" rel="noreferrer">${text}</a>` : text;
}
function inline(s) {
  const code = [];
  const kept = s.replace(/`([^`]+)`/g, (_, c) => `\u0000${code.push(c) - 1}\u0000`);
  return escape(kept)
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, text, to) => linked(text, to))
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>').replace(/\*([^*\s][^*]*)\*/g, '<em>$1</em>')
    .replace(/\u0000(\d+)\u0000/g, (_, k) => `<code>${escape(code[k])}</code>`);
}
const cells = (line) => line.trim().replace(/^\||\|$/g, '').split('|').map((c) => inline(c.trim()));
function table(lines, title) {
  const [head, , ...rows] = lines, row = (of, tag) => `<tr>${of.map((c, k) => (tag === 'th' ? (c ? `<th scope="col">${c}</th>` : '<td></td>') : k ? `<td>${c}</td>` : `<th scope="row">${c}</th>`)).join('')}</tr>`;
  return `<div class="scroll" tabindex="0" role="region" aria-label="${escape(title)}"><table class="twin"><thead>${row(cells(head), 'th')}</thead><tbody>${rows.map((r) => row(cells(r), 'td')).join('')}</tbody></table></div>`;
}
/** A list and what hangs below its items, as deep as it is written. */
function list(lines) {
  const items = [], ordered = /^\d/.test(lines[0]);
  for (const l of lines) {
    const m = /^(?:[-*]|\d+\.)\s+(.*)$/.exec(l);
    if (m) items.push([m[1]]);
    else items[items.length - 1].push(l.trim());
  }
  const tag = ordered ? 'ol' : 'ul';
  return `<${tag}>${items.map((i) => `<li>${inline(i.join(' '))}</li>`).join('')}</${tag}>`;
}
/** {title, html}; the first heading is the title and stands in no html. */
export function pageOf(text) {
  const lines = text.replace(/<!--[\s\S]*?-->/g, '').split('\n'), out = [];
  let title = '', heading = '', k = 0;
  const take = (more) => { const from = k; while (k < lines.length && more(lines[k])) k++; return lines.slice(from, k); };
  while (k < lines.length) {
    const line = lines[k], head = /^(#+)\s+(.*)$/.exec(line);
    if (!line.trim()) k++;
    else if (head) {
      k++;
      if (head[1].length === 1 && !title) title = head[2];
      else { heading = head[2]; out.push(`<h${head[1].length}>${inline(heading)}</h${head[1].length}>`); }
    } else if (line.startsWith('|')) out.push(table(take((l) => l.startsWith('|')), heading || title));
    else if (line.startsWith('    ')) out.push(`<pre tabindex="0" aria-label="${escape(heading || title)}">${escape(take((l) => l.startsWith('    ') || !l.trim()).map((l) => l.slice(4)).join('\n').trimEnd())}</pre>`);
    else if (/^([-*]|\d+\.)\s/.test(line)) out.push(list(take((l) => /^([-*]|\d+\.)\s|^\s+\S/.test(l))));
    else out.push(`<p>${inline(take((l) => l.trim() && !/^(#|\||[-*]\s|\d+\.\s)/.test(l)).map((l) => l.trim()).join(' '))}</p>`);
  }
  return { title, html: out.join('\n') };
}

/** The first sentences of a page, for the list of pages. */
const leadOf = (html) => (/<p>([\s\S]*?)<\/p>/.exec(html)?.[1] ?? '').replace(/<[^>]+>/g, '').replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').split(/(?<=[.?!])\s+(?=[A-Z«])/).slice(0, 2).join(' ');

export const methods = (folder) => ({
  name: 'methods',
  setup(build) {
    const read = (id) => pageOf(readFileSync(join(folder, `${id}.md`), 'utf8'));
    build.onResolve({ filter: /^methods:/ }, (a) => ({ path: a.path.slice(8), namespace: 'methods' }));
    build.onLoad({ filter: /.*/, namespace: 'methods' }, ({ path }) => {
      if (path !== 'list') return { contents: `export default ${JSON.stringify(read(path).html)};`, loader: 'js' };
      const one = (group, id) => { const p = read(id); return `{group:${JSON.stringify(group)},id:${JSON.stringify(id)},title:${JSON.stringify(p.title)},lead:${JSON.stringify(leadOf(p.html))},load:()=>import('methods:${id}').then((m)=>m.default)}`; };
      return { contents: `export default [${Object.entries(GROUPS).flatMap(([g, ids]) => ids.map((id) => one(g, id))).join(',')}];`, loader: 'js', resolveDir: resolve(folder), watchFiles: [...known].map((id) => join(folder, `${id}.md`)) };
    });
  },
});
