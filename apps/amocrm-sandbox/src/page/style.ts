import { asset } from './html.js';

/** The look of the pages. */
export const STYLE = asset`
:root {
  --ink: #1f2933; --soft: #66727f; --line: #dfe4ea; --paper: #fff; --ground: #f2f4f7;
  --blue: #2d6cdf; --navy: #16243a; --red: #c0392b; --green: #1e8449; --amber: #b9770e;
}
* { box-sizing: border-box; scrollbar-width: thin; scrollbar-color: #c3ccd6 transparent; }
html, body { height: 100%; margin: 0; }
body { display: flex; flex-direction: column; background: var(--ground); color: var(--ink);
  font: 14px/1.45 system-ui, 'Segoe UI', Roboto, 'Noto Sans', sans-serif; }
a { color: var(--blue); text-decoration: none; }
a:hover { text-decoration: underline; }
h1, h2, h3, h4, p, ul, dl { margin: 0; padding: 0; }
code, pre { font: 12px/1.5 ui-monospace, 'DejaVu Sans Mono', Menlo, monospace; }
[hidden] { display: none !important; }
.muted { color: var(--soft); font-weight: normal; }
.bad { color: var(--red); }
.good { color: var(--green); }
.grow { flex: 1; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.empty { padding: 32px; color: var(--soft); text-align: center; }
.count { color: var(--soft); font-weight: normal; font-size: 12px; }

.top { display: flex; align-items: center; gap: 24px; padding: 0 20px; height: 48px; flex: none; background: var(--navy); }
.top a { color: #c9d4e3; }
.brand { font-size: 16px; letter-spacing: .2px; }
.brand b { color: #fff; margin-right: 6px; }
.top nav { display: flex; gap: 4px; flex: 1; }
.tab { padding: 6px 12px; border-radius: 6px; }
.tab.current { background: #2b3d59; color: #fff; }
.account { display: flex; gap: 12px; align-items: baseline; color: #fff; }
.account code { color: #8fa1b8; }

.bar { display: flex; align-items: center; gap: 8px; padding: 12px 20px; flex: none; flex-wrap: wrap; }
.bar h1 { font-size: 18px; }
.pill { padding: 5px 12px; border: 1px solid var(--line); border-radius: 16px; background: var(--paper); color: var(--ink); }
.pill.current { background: var(--blue); border-color: var(--blue); color: #fff; }
.pill.current .count { color: #d6e4ff; }
.search { width: 300px; padding: 6px 12px; border: 1px solid var(--line); border-radius: 6px; font: inherit; background: #fff; }
.switch { color: var(--soft); margin-right: 12px; }

.board { display: flex; gap: 10px; padding: 0 20px 16px; overflow-x: auto; flex: 1; min-height: 0; }
.column { display: flex; flex-direction: column; width: 244px; flex: none; min-height: 0; }
.board.alone .column { width: 100%; }
.board.alone .cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(240px, 1fr)); align-content: start; }
.head { padding: 2px 0 8px; flex: none; }
.head h2 { font-size: 13px; text-transform: uppercase; letter-spacing: .4px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.head p { font-size: 12px; color: var(--soft); }
.strip { display: block; width: 100%; height: 4px; margin-top: 6px; border-radius: 2px; overflow: hidden; }
.cards { display: flex; flex-direction: column; gap: 8px; overflow-y: auto; flex: 1; padding: 1px 2px 8px 0; scrollbar-width: thin; }
.card { flex: none; padding: 9px 11px 8px; background: var(--paper); border: 1px solid var(--line); border-radius: 8px; }
.card:hover { border-color: #9db8e8; }
.card .who { font-size: 12px; color: var(--soft); overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.card .name { display: block; font-weight: 600; overflow-wrap: anywhere; }
.line { display: flex; align-items: center; justify-content: space-between; gap: 8px; margin-top: 4px; }
.line.small { font-size: 11px; color: var(--soft); }
.copy { background: #e8f0fe; border-radius: 4px; padding: 0 5px; }
.dot { width: 8px; height: 8px; border-radius: 50%; margin-left: auto; }
.dot.none { background: var(--line); } .dot.late { background: var(--red); } .dot.ahead { background: #58b37e; }
.tags { display: flex; flex-wrap: wrap; gap: 4px; margin-top: 4px; }
.tag { padding: 0 7px; border-radius: 4px; background: #eef1f5; color: #445160; font-size: 11px; line-height: 18px; }
.more { padding: 8px; text-align: center; }
.avatar { display: inline-flex; align-items: center; justify-content: center; width: 26px; height: 26px; flex: none;
  border-radius: 50%; color: #fff; font-size: 10px; font-weight: 600; vertical-align: middle; }
.hue0 { background: #4a7fc1; } .hue1 { background: #8e6bbf; } .hue2 { background: #3d9a8b; } .hue3 { background: #c0704a; }
.hue4 { background: #5f8f3e; } .hue5 { background: #b5567f; } .hue6 { background: #67758a; } .hue7 { background: #a98a2c; }

.deal { display: grid; grid-template-columns: minmax(340px, 430px) 1fr; gap: 14px; padding: 14px 20px; flex: 1; min-height: 0; }
.facts, .story { overflow-y: auto; min-height: 0; scrollbar-width: thin; }
.block { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: 14px 16px; margin-bottom: 12px; }
.block h3 { font-size: 12px; text-transform: uppercase; letter-spacing: .4px; color: var(--soft); margin-bottom: 8px; }
.title h1 { font-size: 21px; line-height: 1.25; margin: 6px 0 2px; overflow-wrap: anywhere; }
.back { font-size: 12px; }
.stage { display: flex; align-items: center; gap: 8px; margin-top: 8px; }
.stage .strip { width: 26px; height: 10px; margin: 0; }
.lineage { background: #f3f7ff; border-color: #c8d9f8; }
.lineage ul { list-style: none; margin-bottom: 6px; }
.lineage h3:not(:first-child) { margin-top: 10px; }
.lineage code { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: 140px 1fr; gap: 6px 12px; }
dt { color: var(--soft); }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.text { white-space: pre-line; overflow-wrap: anywhere; }
.person { font-weight: 600; margin-bottom: 6px; }
.products { width: 100%; border-collapse: collapse; }
.products td { padding: 5px 0 5px 10px; border-top: 1px solid var(--line); }
.products tr:first-child td { border-top: 0; }
.products td:first-child { padding-left: 0; }
.item { display: flex; gap: 10px; padding: 10px 0; border-top: 1px solid var(--line); }
.block h3 + .item { border-top: 0; padding-top: 2px; }
.item > div { min-width: 0; flex: 1; }
.meta { font-size: 12px; color: var(--soft); }
.meta b { color: var(--ink); }
.result { color: var(--green); }
.history .item { padding: 5px 0; }

.requests { flex: 1; overflow-y: auto; }
.log { width: calc(100% - 40px); margin: 0 20px 20px; border-collapse: collapse; background: var(--paper); table-layout: fixed;
  border: 1px solid var(--line); }
.log th { text-align: left; font-size: 12px; color: var(--soft); font-weight: normal; }
.log th.number { text-align: right; }
.log th, .log td { padding: 6px 10px; border-bottom: 1px solid var(--line); vertical-align: top; }
.log th:nth-child(1) { width: 92px; } .log th:nth-child(2) { width: 84px; } .log th:nth-child(4) { width: 82px; }
.log th:nth-child(5) { width: 76px; } .log th:nth-child(6) { width: 92px; }
.log tr[data-id] { cursor: pointer; }
.log tr[data-id]:hover, .log tr.opened { background: #f3f7ff; }
.path code { overflow-wrap: anywhere; }
.method { font: 600 11px ui-monospace, monospace; color: #456; }
.method.post { color: var(--green); } .method.patch { color: var(--amber); } .method.delete { color: var(--red); }
.status { padding: 1px 8px; border-radius: 10px; background: #e5f5ec; color: var(--green); }
.status.s3 { background: #e8f0fe; color: var(--blue); }
.status.s4 { background: #fdf3e1; color: var(--amber); }
.status.s5, .status.sx { background: #fdeaea; color: var(--red); }
.bodies td { padding: 0; }
.bodies td { display: table-cell; background: #fafbfc; }
.bodies div { padding: 10px 16px; }
.bodies h4 { font-size: 12px; color: var(--soft); font-weight: normal; margin-bottom: 4px; }
.bodies pre { margin: 0; max-height: 380px; overflow: auto; padding: 10px; background: #fff; border: 1px solid var(--line);
  border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }

@media (max-width: 900px) { .deal { display: block; overflow-y: auto; } .facts, .story { overflow: visible; } .search { width: 100%; } }
`;
