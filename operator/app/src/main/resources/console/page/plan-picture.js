import { h, useMemo, useRef } from './preact.js';
import { CHANGES, CHANGE_TEXTS, Sample } from './edge-kind.js';
import { Ground, Nodes } from './graph-drawing.js';
import { MARGIN, SMALLEST_SCALE } from './graph-layout.js';
import { hierarchy } from './graph-model.js';
import { lines } from './graph-routes.js';
import { scene } from './graph-scene.js';
import { useSize } from './graph-stage.js';
import { plural } from './names.js';
import { MOST, planGraph } from './plan-graph.js';

const LARGEST_SCALE = 1.1;
const ROW = 40;
const LOWEST = 190;
const HIGHEST = 560;
// Beside a text there is less room for lines than on a page of their own.
const MOST_APART = 14;
const NOBODY = new Map();
const NONE = new Set();

function compose(graph, width) {
  const model = hierarchy(graph.nodes);
  const height = Math.max(LOWEST, Math.min(HIGHEST, 60 + graph.count * ROW));
  const composed = scene({ model, edges: graph.edges, risks: NOBODY, level: 'workload', opened: NONE, closed: NONE, size: { width, height } });
  return { ...composed, drawn: lines(composed.bundles, composed.drawing, MOST_APART) };
}

function Drawing({ graph, label, width }) {
  const { drawing, drawn, facts } = useMemo(() => compose(graph, width), [graph, width]);
  const [wide, high] = [drawing.width + 2 * MARGIN, drawing.height + 2 * MARGIN];
  const scale = Math.max(SMALLEST_SCALE, Math.min(LARGEST_SCALE, width / wide));
  return h('svg', { class: 'canvas still', role: 'img', 'aria-label': label, viewBox: `${-MARGIN} ${-MARGIN} ${wide} ${high}`,
    width: Math.floor(wide * scale), height: Math.floor(high * scale), 'data-test': 'plan-picture' },
  h(Ground, { drawing, drawn, kinds: CHANGES, still: true }),
  h(Nodes, { drawing, drawn, facts, still: true }));
}

const counted = ({ connections, summary }) => `${plural(connections.gained.length, 'connection')} gained, ${connections.lost.length} lost, `
  + `${summary.connections.kept} that stay`;

function Caption({ graph }) {
  const kinds = CHANGES.filter((kind) => graph.edges.some((edge) => edge.kind === kind));
  return h('figcaption', null, h('h2', null, 'Before and after'),
    h('ul', { class: 'legend' }, kinds.map((kind) => h('li', { key: kind }, h(Sample, { kind }), CHANGE_TEXTS[kind]))));
}

// What the plan changes; the tables below it list the same.
export function PlanPicture({ plan }) {
  const place = useRef();
  const size = useSize(place);
  const graph = useMemo(() => planGraph(plan), [plan]);
  const isDrawn = !graph.nothing && !graph.tooMany;
  return h('figure', { ref: place, class: graph.nothing ? 'changes nothing' : 'changes' },
    graph.tooMany > 0 && h('p', { class: 'hint', 'data-test': 'plan-too-large' },
      `This concerns ${plural(graph.tooMany, 'workload')}: more than can be drawn. The tables below list the connections.`),
    isDrawn && h(Caption, { graph }),
    isDrawn && size && h('div', { class: 'scrolled', role: 'group', tabindex: 0, 'aria-label': 'Before and after' },
      h(Drawing, { graph, width: size.width - 2,
        label: `Picture of ${plural(graph.count, graph.unit)}: ${counted(plan)}. The tables below list the connections.` })),
    isDrawn && h('p', { class: 'hint' },
      graph.unit === 'namespace' && `More than ${MOST} workloads are concerned, so they are drawn as their namespaces. `,
      !graph.all && 'Not all connections that stay are drawn.'));
}
