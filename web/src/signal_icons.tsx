// SPDX-License-Identifier: EUPL-1.2
// The pictures of the themes (defs/themes/ names them); one that is not known is a plain dot.
const paths: Record<string, string> = {
  munt: 'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M15.5 8.6A4.6 4.6 0 0 0 8.3 12a4.6 4.6 0 0 0 7.2 3.4M6.5 11h6M6.5 13.2h5.5',
  bel: 'M6 17V11a6 6 0 0 1 12 0v6l1.5 2h-15zM10 21.5h4M12 5V3',
  stoel: 'M7 3v10h10M7 21v-8M17 21v-8M7 8h3',
  rugzak: 'M6 21V11a6 6 0 0 1 12 0v10zM9.5 5.5a2.5 2.5 0 0 1 5 0M9 21v-6h6v6M9 11h6',
  hart: 'M12 20S4 15 4 9.2A4.2 4.2 0 0 1 12 7.5 4.2 4.2 0 0 1 20 9.2C20 15 12 20 12 20z',
  huis: 'M4 11 12 4l8 7v9H4zM10 20v-6h4v6',
  bak: 'M5 7h14l-1.2 14H6.2zM3.5 7h17M9.5 7V4h5v3M10 11v6M14 11v6',
  fiets: 'M6 13a3.6 3.6 0 1 0 0 7.2A3.6 3.6 0 0 0 6 13M18 13a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2M6 16.5 9.5 9H16l2 7.5M9.5 9l3.5 7.5L16 9M8 9h3M16 9V6h2.5',
  handen: 'M3 9l4-3 5 2.5L17 6l4 3v6l-3 1-6 4-6-4-3-1zM12 8.5 8.5 12l2 1.5L13.500 11.500 18 15.500',
  winkel: 'M4 9h16v11H4zM3 9l2-5h14l2 5M9 20v-6h6v6M8 4 7.500 9M16 4l.5 5',
};
export const Icon = ({ name }: { name: string }) => (
  <svg width="28" height="28" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" stroke-linecap="round" aria-hidden="true"><path d={paths[name] ?? 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8'} /></svg>
);
