// Opens BPMN files as a modeler does (bpmn-js on jsdom) and lints them (bpmnlint, recommended rules). Prints one line for each
// finding, and ends with 1 when there is any.
import {readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {BpmnModdle} from 'bpmn-moddle';
import {JSDOM} from 'jsdom';

const require = createRequire(import.meta.url);
const {Linter} = require('bpmnlint');
const NodeResolver = require('bpmnlint/lib/resolver/node-resolver');
const zeebe = require('zeebe-bpmn-moddle/resources/zeebe.json');

/** jsdom draws nothing, so what bpmn-js measures of a drawing is made up; what it reads and complains of is real. */
function browser() {
  const dom = new JSDOM('<!doctype html><div id="canvas"></div>', {pretendToBeVisual: true});
  const {window} = dom;
  const matrix = () => ({
    a: 1, b: 0, c: 0, d: 1, e: 0, f: 0,
    inverse: matrix, multiply: matrix, translate: matrix, scale: matrix, rotate: matrix,
  });
  const transform = () => ({matrix: matrix(), setMatrix() {}, setTranslate() {}, setScale() {}, setRotate() {}});
  const list = {
    numberOfItems: 0, clear() {}, initialize: () => transform(), appendItem: item => item, consolidate: transform,
    insertItemBefore: item => item, getItem: transform,
  };
  const svg = window.SVGElement.prototype;
  svg.getBBox = () => ({x: 0, y: 0, width: 10, height: 10});
  svg.getCTM = matrix;
  svg.getScreenCTM = matrix;
  svg.getComputedTextLength = () => 10;
  Object.defineProperty(svg, 'transform', {get: () => ({baseVal: list})});
  window.SVGSVGElement.prototype.createSVGMatrix = matrix;
  window.SVGSVGElement.prototype.createSVGTransform = transform;
  window.SVGSVGElement.prototype.createSVGTransformFromMatrix = transform;
  window.SVGSVGElement.prototype.createSVGPoint = () => ({x: 0, y: 0, matrixTransform() { return this; }});
  window.SVGMatrix = class {};
  window.HTMLCanvasElement.prototype.getContext = () => ({measureText: text => ({width: text.length * 6})});
  window.CSS = {escape: text => text.replace(/[^\w-]/g, c => '\\' + c)};
  for (const name of ['window', 'document', 'DOMParser', 'SVGElement', 'HTMLElement', 'Element', 'Node', 'CSS', 'SVGMatrix', 'getComputedStyle',
    'MutationObserver', 'requestAnimationFrame']) {
    Object.defineProperty(globalThis, name, {value: name === 'window' ? window : window[name], configurable: true});
  }
}

browser();
const {default: Viewer} = await import('bpmn-js/dist/bpmn-viewer.development.js');

async function findings(file) {
  const xml = readFileSync(file, 'utf8');
  const found = [];
  const read = await new BpmnModdle({zeebe}).fromXML(xml);
  read.warnings.forEach(w => found.push(`xml: ${w.message}`));
  const viewer = new Viewer({container: '#canvas', moddleExtensions: {zeebe}});
  try {
    const {warnings} = await viewer.importXML(xml);
    warnings.forEach(w => found.push(`import: ${w.message}`));
  } finally {
    viewer.destroy();
  }
  // A linter remembers the flows that it saw, of other files too.
  const linter = new Linter({config: {extends: 'bpmnlint:recommended'}, resolver: new NodeResolver()});
  const report = await linter.lint(read.rootElement);
  for (const [rule, reports] of Object.entries(report)) {
    reports.forEach(r => found.push(`${rule}: ${r.id ?? ''} ${r.message}`));
  }
  return found;
}

let all = 0;
for (const file of process.argv.slice(2)) {
  for (const finding of await findings(file)) {
    console.log(`${file}: ${finding}`);
    all++;
  }
}
console.log(`${process.argv.length - 2} files, ${all} findings`);
process.exit(all === 0 ? 0 : 1);
