// SPDX-License-Identifier: EUPL-1.2
// What web/methods.mjs makes of docs/methods.
declare module 'methods:list' {
  const pages: { group: 'score' | 'course' | 'compare' | 'data'; id: string; title: string; lead: string; load: () => Promise<string> }[];
  export default pages;
}
