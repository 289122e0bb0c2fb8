/** Colours meet WCAG AA (4.5:1 for text) on their backgrounds, in both themes; severity never rests on them alone. */
const LIGHT = `
  color-scheme: light;
  --page: #f3f4f6; --paper: #ffffff; --sunken: #f7f8fa; --ink: #1a2330; --muted: #52606f; --line: #d5dae1;
  --accent: #1f4f8f; --notice: #eaf1fb;
  --low: #4a5a6b; --medium: #875400; --high: #a8262b; --calm: #1c6a50;
  --mark-low: #fcf3c5; --mark-medium: #ffe0a3; --mark-high: #ffcdc8; --mark-similar: #d3e6ff;
`;

const DARK = `
  color-scheme: dark;
  --page: #10141a; --paper: #181e27; --sunken: #1e2530; --ink: #e7ebf1; --muted: #a9b4c2; --line: #35404e;
  --accent: #8fbcf7; --notice: #1a2a40;
  --low: #b4c0ce; --medium: #f0b95a; --high: #ff9d95; --calm: #7fd4b1;
  --mark-low: #474123; --mark-medium: #5a4314; --mark-high: #692a2a; --mark-similar: #234570;
`;

/** The look of a report on screens and on paper. It loads nothing. */
export const STYLE_SHEET = `
:root { ${LIGHT} }
@media (prefers-color-scheme: dark) { :root { ${DARK} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--page); color: var(--ink); overflow-wrap: anywhere;
  font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 0 0 .5rem; text-wrap: balance; }
h1 { font-size: 1.85rem; letter-spacing: -.01em; }
h2 { font-size: 1.3rem; }
h3 { font-size: 1.05rem; margin-top: 1.5rem; }
h4 { font-size: 1rem; }
p { margin: 0 0 .75rem; max-width: 46rem; }
a { color: var(--accent); text-underline-offset: .15em; }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
code, .code-point { font: .85em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
.code-point { font-style: normal; border: 1px solid var(--line); border-radius: 3px; padding: 0 .2em; color: var(--muted); background: var(--sunken); unicode-bidi: isolate; }
.small { font-size: .875rem; color: var(--muted); }
.finding .small { max-width: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.kicker { font-size: .8rem; font-weight: 600; letter-spacing: .06em; text-transform: uppercase; color: var(--accent); margin: 0 0 .4rem; }
section, header { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 1.4rem 1.5rem; margin: 0 0 1.1rem; }
section > :last-child, header > :last-child { margin-bottom: 0; }
.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .8rem 1.5rem; margin: 1.1rem 0; }
.facts dt, .figures dt { font-size: .8rem; color: var(--muted); }
.facts dd, .figures dd { margin: 0; font-weight: 500; }
.notice { border-left: 4px solid var(--accent); background: var(--notice); border-radius: 0 6px 6px 0; padding: .8rem 1rem; margin: 0 0 1rem; }
.notice p { margin: 0; }
.contents { display: flex; flex-wrap: wrap; gap: .25rem 1.1rem; list-style: none; margin: 0 0 .8rem; padding: 0; font-size: .9rem; }
.figures { display: flex; flex-wrap: wrap; gap: 1rem 2.5rem; margin: .2rem 0 1rem; align-items: end; }
.figures dd { font-size: 1.35rem; line-height: 1.2; font-weight: 650; }
.figures .largest dd { font-size: 2.9rem; line-height: 1; font-variant-numeric: tabular-nums; letter-spacing: -.02em; }
.figures small { font-size: .9rem; font-weight: 400; color: var(--muted); letter-spacing: 0; }
.BAJO { color: var(--calm); } .MEDIO { color: var(--medium); } .ALTO { color: var(--high); }
table { border-collapse: collapse; width: 100%; margin: .4rem 0 1rem; font-size: .925rem; }
caption { text-align: left; font-weight: 600; padding: 0 0 .4rem; }
th, td { text-align: left; vertical-align: top; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; }
.foreign { overflow-wrap: anywhere; min-width: 9rem; }
.compact { max-width: 38rem; }
.compact .number { white-space: normal; overflow-wrap: anywhere; min-width: 10rem; }
section > .wide:last-child table { margin-bottom: 0; }
th:last-child, td:last-child { padding-right: 0; }
thead th { font-size: .8rem; font-weight: 600; color: var(--muted); }
tbody th { font-weight: 500; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.plain { list-style: none; margin: 0; padding: 0; }
.bar { display: flex; align-items: center; gap: .6rem; min-width: 8rem; font-variant-numeric: tabular-nums; }
.bar > span { flex: 1; height: .6rem; border-radius: .3rem; background: var(--line); overflow: hidden; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.bar > span > span { display: block; height: 100%; background: var(--accent); border-radius: .3rem; }
.bar b { min-width: 1.8rem; text-align: right; font-weight: 600; }
ul, ol { margin: 0 0 .9rem; padding-left: 1.25rem; }
li { margin: .15rem 0; }
.measured { border: 2px dashed var(--line); border-radius: 14px; padding: 1.1rem 1rem .1rem; margin: 0 0 1.1rem; }
.badge { display: inline-block; font-size: .8rem; font-weight: 600; border: 1px solid var(--accent); color: var(--accent); border-radius: 999px; padding: .15rem .75rem; margin: 0 0 .9rem; background: var(--paper); }
.severity { font-size: .85rem; font-weight: 600; white-space: nowrap; }
.low { color: var(--low); } .medium { color: var(--medium); } .high { color: var(--high); }
.tally { display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; list-style: none; margin: 0 0 .8rem; padding: 0; }
.finding { border-top: 1px solid var(--line); padding: .95rem 0 1rem; }
.finding h4 { display: flex; flex-wrap: wrap; gap: .1rem .7rem; align-items: baseline; margin: 0 0 .35rem; }
.finding p { margin-bottom: .5rem; }
.finding > :last-child { margin-bottom: 0; }
blockquote { margin: .5rem 0; padding: .5rem .9rem; background: var(--sunken); border-left: 3px solid var(--line); border-radius: 0 5px 5px 0; }
blockquote, .text, .passage { font-family: Charter, "Bitstream Charter", "Iowan Old Style", Georgia, "DejaVu Serif", "Noto Serif", serif; line-height: 1.65; }
.text { max-width: 44rem; }
.text p { white-space: pre-line; margin: 0 0 .9rem; max-width: none; }
.skipped { text-align: center; font: .85rem/1.5 system-ui, sans-serif; color: var(--muted); }
.pair { border-top: 1px solid var(--line); padding: .95rem 0 1rem; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; }
.sides > div { background: var(--sunken); border-radius: 6px; padding: .7rem .9rem; min-width: 0; }
.pair h3 { margin: 0 0 .6rem; font-size: 1rem; }
.sides h4 { font-size: .8rem; margin: 0 0 .35rem; color: var(--muted); }
.passage { white-space: pre-line; margin: 0; font-size: .95rem; }
mark { color: inherit; border-radius: 2px; padding: .05em 0; background: none; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
mark.similar, mark.matched { background: var(--mark-similar); }
mark.low, mark.medium, mark.high { color: inherit; }
mark.low { background: var(--mark-low); } mark.medium { background: var(--mark-medium); } mark.high { background: var(--mark-high); }
mark.similar.low, mark.similar.medium, mark.similar.high { box-shadow: inset 0 -3px 0 var(--mark-similar), 0 2px 0 var(--accent); }
.anchor { font: 600 .68em/1 system-ui, sans-serif; vertical-align: super; text-decoration: none; border: 1px solid currentColor; border-radius: 3px; padding: 0 .25em; margin: 0 .15em; background: var(--paper); white-space: nowrap; }
.legend { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; font-size: .875rem; list-style: none; margin: 0 0 1rem; padding: 0; }
.legend mark { padding: .05em .35em; }
.notes { white-space: pre-line; }
:target { outline: 2px solid var(--accent); outline-offset: 3px; border-radius: 4px; }
@media (max-width: 44rem) {
  main { padding: .75rem .5rem 2rem; } section, header { padding: 1rem; }
  .sides { grid-template-columns: 1fr; } .wide { overflow-x: auto; }
}
@page { size: A4; margin: 16mm 15mm; }
@media print {
  :root { ${LIGHT} --page: #ffffff; }
  html { font-size: 9.5pt; }
  main { max-width: none; padding: 0; }
  section, header { border: 0; border-radius: 0; padding: 0 0 4mm; margin: 0 0 4mm; }
  .measured { border: 0; border-left: 2px dashed var(--line); border-radius: 0; padding: 0 0 0 4mm; }
  .contents { display: none; }
  a { color: inherit; text-decoration: none; }
  h2, h3, h4, thead { break-after: avoid; }
  tr, .notice, .figures, blockquote { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
}
`;
