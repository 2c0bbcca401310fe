// The look of the first screens: tokens, plate, section, facts, steps, rows, form. One sheet, sent inside each page.
import { createHash } from 'node:crypto';
import { Html } from './html.ts';

const light = `--ground:#f2f4f5;--sheet:#fff;--sunk:#e9edef;--ink:#10202e;--ink-2:#3f4e5a;--ink-3:#5b6873;--line:#d6dce0;--line-2:#75828c;
--brand:#153b66;--on-brand:#fff;--link:#0b5394;--focus:#0b63ce;--ok:#0b6a3c;--on-ok:#fff;--ok-ink:#0a5c34;--ok-wash:#e4f2ea;--ok-line:#3e8f65;
--warn:#f2b632;--on-warn:#241700;--warn-ink:#764200;--warn-wash:#fff2d6;--bad:#b2241a;--on-bad:#fff;--bad-ink:#9a1d14;--bad-wash:#fceae7;
--wait-ink:#2b4c6c;--wait-wash:#e8eef4;--off:#55616b;--on-off:#fff;--off-ink:#4a565f;--off-wash:#eceff1`;

const dark = `--ground:#0c1318;--sheet:#141d24;--sunk:#0f171d;--ink:#eaf0f4;--ink-2:#bbc7cf;--ink-3:#95a3ad;--line:#2a3741;--line-2:#70808c;
--brand:#9cc4ee;--on-brand:#0a1d33;--link:#9cc4ee;--focus:#6fb1ff;--ok:#4cc38a;--on-ok:#04170c;--ok-ink:#6bd3a0;--ok-wash:#12291e;--ok-line:#3a8f66;
--warn-ink:#f5c762;--warn-wash:#2c2310;--bad:#f58274;--on-bad:#2b0703;--bad-ink:#ff9f93;--bad-wash:#341a17;
--wait-ink:#a3c0db;--wait-wash:#1b2935;--off:#9aa7b1;--on-off:#0f171d;--off-ink:#aab6bf;--off-wash:#202b33`;

/** 强光: whoever asks the phone for more contrast stands in the winter sun. */
const sun = `--ground:#fff;--ink:#000;--ink-2:#16222c;--ink-3:#2c3a45;--line:#75828c;--line-2:#16222c;--brand:#0b2443;--link:#063b6e;
--ok:#00502a;--ok-ink:#00441f;--ok-line:#00502a;--warn:#ffc02e;--warn-ink:#5a3000;--bad:#8f1008;--bad-ink:#7f0e07;--off:#333f48;--off-ink:#2c3740`;

const page = `
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;background:var(--ground);color-scheme:light dark}
body{display:flex;flex-direction:column;margin:0 auto;max-width:480px;min-height:100vh;color:var(--ink);font:17px/26px "PingFang SC","HarmonyOS Sans SC",MiSans,"Microsoft YaHei UI","Microsoft YaHei","Noto Sans CJK SC","Noto Sans SC",system-ui,sans-serif;
 font-variant-numeric:tabular-nums lining-nums;line-break:strict;overflow-wrap:anywhere;text-autospace:normal}
h1,h2,p,ul,ol,dl,dd{margin:0;padding:0}
ol,.rows{list-style:none}
h1,h2,b,dfn{font-weight:600;font-style:normal}
h1{font-size:24px;line-height:32px;text-wrap:balance}
h2{font-size:19px;line-height:28px;margin-bottom:6px}
h2 .note{font-weight:400}
p{text-wrap:pretty}
a{color:var(--link);text-decoration-thickness:1px;text-underline-offset:3px}
small,.note{font-size:15px;line-height:22px}
.q,small{color:var(--ink-2)}
.n{white-space:nowrap;text-autospace:no-autospace}
.mono{font:15px/22px ui-monospace,"SF Mono","Cascadia Mono","Noto Sans Mono","DejaVu Sans Mono",Consolas,monospace}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.i{width:1.25em;height:1.25em;flex:none;vertical-align:-.26em;fill:currentColor}
.pub{display:flex;align-items:center;gap:10px;padding:6px 16px;min-height:56px;background:var(--sheet)}
.pub b,.pub small{display:block;line-height:20px}
.pub b{font-size:15px}
.pub small{font-size:13px}
.pub a{display:flex;align-items:center;gap:10px;min-height:44px;min-width:44px;color:inherit;text-decoration:none}
.pub a+a{margin-left:auto;justify-content:flex-end;flex:none;color:var(--link);font-size:15px;text-decoration:underline}
.logo{width:36px;height:24px;flex:none;fill:var(--brand)}
.logo path{fill:none;stroke:var(--on-brand);stroke-width:2.8}
.logo circle{fill:var(--on-brand);opacity:.75}
.plate{padding:20px 16px 22px;color:var(--on-ok);background:var(--ok);print-color-adjust:exact;-webkit-print-color-adjust:exact}
.plate h1{font-size:19px;line-height:28px;margin-bottom:12px}
.plate .mono{margin-bottom:8px}
.word{display:flex;align-items:center;gap:12px;font-size:40px;line-height:48px;font-weight:700}
.word .i{width:52px;height:52px;margin-left:-5px}
.since{margin-top:8px}
.suspended{background:var(--warn);color:var(--on-warn)}
.removed{background:var(--bad);color:var(--on-bad)}
.deregistered{background:var(--off);color:var(--on-off)}
.none{background:var(--sheet);color:var(--ink);border-block:3px solid}
.none .word{font-size:34px}
.sec{background:var(--sheet);padding:14px 16px;margin-top:8px;border-block:1px solid var(--line)}
.plate+.sec,main>.sec:first-child{margin-top:0}
.plate+.sec{border-top:0}
main{flex:1}
.facts div{display:grid;grid-template-columns:5.2em 1fr;gap:12px;padding:9px 0;border-top:1px solid var(--line)}
.facts div:first-child{border:0}
:lang(en) .facts div{grid-template-columns:6.3em 1fr}
.facts .entry{display:block}
.facts dt{color:var(--ink-2)}
.steps{counter-reset:s}
.steps li{counter-increment:s;display:grid;grid-template-columns:26px 1fr;gap:12px;padding:6px 0}
.steps li::before{content:counter(s);width:26px;height:26px;border-radius:50%;border:1.5px solid;display:grid;place-items:center;font-size:14px;line-height:1;font-weight:600}
.steps .done::before{content:"✓";background:var(--ok);border-color:var(--ok);color:var(--on-ok)}
.sec p+p,.steps+p,.rows+.two,.due+p{margin-top:6px}
.list{padding-left:1.2em}
.list li{padding:5px 0}
.mk{display:flex;align-items:flex-start;gap:8px;margin-top:4px}
.mk .i{width:22px;height:22px;margin-top:2px}
.passed .i,.fixed .i{fill:var(--ok)}
.orders .i{fill:var(--bad)}
.btn{display:inline-flex;align-items:center;justify-content:center;gap:6px;width:100%;min-height:48px;padding:0 16px;border:1px solid var(--line-2);border-radius:4px;background:var(--sheet);color:var(--ink);font:inherit;font-weight:600;text-decoration:none;white-space:nowrap}
.p{background:var(--brand);border-color:var(--brand);color:var(--on-brand);cursor:pointer}
.big{min-height:56px;font-size:19px}
.two{display:grid;grid-template-columns:1fr 1fr;gap:8px}
.pad{padding:16px}
label{display:block;margin-top:6px}
input,textarea{width:100%;min-height:48px;padding:10px 12px;border:1px solid var(--line-2);border-radius:4px;background:var(--sheet);color:var(--ink);font:inherit;margin:4px 0 10px}
::placeholder{color:var(--ink-3);opacity:1}
.rows a{display:flex;align-items:center;gap:12px;min-height:64px;padding:9px 0;border-top:1px solid var(--line);color:inherit;text-decoration:none}
.rows li:first-child a{border:0}
.rows b,.rows small{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.rows a>span:first-child{min-width:0;flex:1}
.st{display:inline-flex;align-items:center;gap:4px;flex:none;height:26px;padding:0 7px 0 5px;border-radius:3px;font-size:14px;line-height:1;font-weight:600;white-space:nowrap}
.st .i{width:17px;height:17px}
.listed.st{padding:0;color:var(--ok-ink)}
.deregistered.st{background:var(--off-wash);color:var(--off-ink)}
.rows a::after{content:"";width:9px;height:9px;margin-left:-4px;border:solid var(--ink-3);border-width:2px 2px 0 0;transform:rotate(45deg);flex:none}
.say{display:flex;gap:8px;padding:10px 16px;background:var(--wait-wash);color:var(--wait-ink)}
.say.bad{background:var(--bad-wash);color:var(--bad-ink)}
.say .i{margin-top:2px}
.shapes{position:absolute}
.ring{width:22px;height:22px;margin-top:2px;border:2px dashed var(--line-2);border-radius:50%;flex:none}
.paper{display:none}
`;

/** Only the page of a signed link needs these. */
const form = `
.due{display:flex;align-items:flex-end;gap:8px}
.due p b{display:block;font-size:36px;line-height:44px;font-weight:700;white-space:nowrap}
.due small{margin-left:auto;text-align:right}
.due small b{font-size:17px;line-height:26px;color:var(--ink)}
.late{color:var(--bad-ink)}
.bar{display:block;width:100%;height:16px;margin-top:8px}
.fault{display:flex;gap:12px;align-items:flex-start}
.fault img{display:block;width:104px;height:78px;object-fit:cover;border-radius:4px;flex:none}
.say.warn{background:var(--warn-wash);color:var(--warn-ink)}
main,.answer{display:flex;flex-direction:column}
.answer{flex:1}
.got{display:flex;gap:8px;color:var(--wait-ink);margin-bottom:6px}
.got .i{margin-top:3px}
input[type=file]{padding:12px;border:1.5px dashed var(--line-2);min-height:72px}
::file-selector-button{font:inherit;font-weight:600;min-height:44px;padding:0 14px;margin-right:12px;border:1px solid var(--line-2);border-radius:4px;background:var(--sheet);color:var(--ink)}
textarea{min-height:76px;resize:vertical}
.foot{position:sticky;bottom:0;background:var(--sheet);border-top:1px solid var(--line);padding:10px 16px;margin-top:auto}
.yellow{background:var(--warn);color:var(--on-warn)}
.red{background:var(--bad);color:var(--on-bad)}
`;

const paper = `
@page{size:A4;margin:15mm 17mm 12mm}
@media print{html{background:none}body{max-width:none;min-height:0;font-size:10pt;line-height:1.35}
:lang(en) body{font-size:9.5pt;line-height:1.3}.screen,.pub a+a,form,.answer,.sec:has(form){display:none}.paper{display:block}
.pub{padding:0 0 4mm;border-bottom:3px solid}.plate{margin:6mm 0 4mm;padding:7mm 9mm;border-radius:2mm}.plate h1{font-size:24pt;line-height:1.3}
.word{font-size:44pt;line-height:1.3}.word .i{width:54pt;height:54pt}.facts div{padding:1mm 0}.steps li{padding:.5mm 0}.sec,.pad{padding:1.5mm 0;margin:0;border:0;break-inside:avoid}.none{padding-inline:0;border-radius:0}}
`;

/** Blanks that a browser does not need are not sent. */
function compact(sheet: string): string {
  return sheet.replace(/\s*\n\s*/g, '').trim();
}

function styleOf(...parts: string[]): { element: Html; source: string } {
  const sheet = compact(
    `:root{${light}}@media screen and (prefers-color-scheme:dark){:root{${dark}}}` +
      `@media (prefers-contrast:more) and (prefers-color-scheme:light){:root{${sun}}}${parts.join('')}`,
  );
  return {
    element: new Html(`<style>${sheet}</style>`),
    source: `'sha256-${createHash('sha256').update(sheet).digest('base64')}'`,
  };
}

/** Style elements with the source by which a content security policy allows exactly them. */
export const pageStyle = styleOf(page, paper);
export const formStyle = styleOf(page, form, paper);
