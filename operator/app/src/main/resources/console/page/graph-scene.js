import { bundle, opening, representatives } from './graph-model.js';
import { SMALLEST_SCALE, layout } from './graph-layout.js';
import { plural } from './names.js';
import { RISK_NAMES } from './graph-risk.js';

/*
 * What is drawn of a graph in a canvas of a size: as many boxes open as can be read, or those of a level. Pure functions.
 */
const AUTOMATIC = ['workload', 'namespace', 'segment'];
// What the smallest row of a workload takes, with its share of what is around it.
const ROOM = 3600;
// A picture of fewer boxes shows nothing.
const LEAST = 4;

// These say of a workload by its frame and its lines what marks would say once more.
const SEEN_ANYWAY = new Set(['unenforced', 'undeclared']);

function leavesOf(one) {
  return one.children ? one.children.flatMap(leavesOf) : [one];
}

function noteOf(one, leaves) {
  const parts = one.type === 'Segment' ? [plural(one.children.length, 'namespace')] : [];
  const closed = leaves.filter(({ type }) => type === 'Workload').length;
  return [...parts, closed > 0 && plural(closed, 'workload')].filter(Boolean).join(', ');
}

function factsOf(risks, isOpen) {
  const known = new Map();
  return (one) => {
    if (!known.has(one)) {
      const leaves = leavesOf(one);
      const found = new Set(leaves.flatMap(({ id }) => risks.get(id) || []));
      const marks = RISK_NAMES.filter((risk) => found.has(risk));
      known.set(one, one.children
        ? { risks: isOpen(one) ? [] : marks, note: noteOf(one, leaves) }
        : { risks: marks.filter((risk) => !SEEN_ANYWAY.has(risk)), note: '' });
    }
    return known.get(one);
  };
}

export function scene({ model, edges, risks, level, opened, closed, size }) {
  const levels = levelsToTry(level, model, size);
  for (const [index, one] of levels.entries()) {
    const isOpen = opening(one, opened, closed);
    const drawnFor = representatives(model, isOpen);
    const bundles = bundle(edges, (id) => drawnFor.get(id)?.id);
    const facts = factsOf(risks, isOpen);
    const drawing = layout({ model, isOpen, bundles, facts, size });
    if (drawing.scale >= SMALLEST_SCALE || index === levels.length - 1) {
      return { drawing, bundles, facts, level: one, drawnFor };
    }
  }
  return null;
}

function levelsToTry(level, model, size) {
  if (level) {
    return [level];
  }
  const few = model.root.children.length < LEAST;
  return AUTOMATIC.filter((one) => !(one === 'segment' && few)
    && !(one === 'workload' && model.leaves.size * ROOM > size.width * size.height && model.boxes.size));
}

// id of what is drawn -> the bundles that end there or in it.
export function ofEach(bundles, items) {
  const around = new Map();
  const add = (item, bundle) => {
    for (let at = item; at && at.id; at = at.parent) {
      const some = around.get(at.id) || around.set(at.id, new Set()).get(at.id);
      some.add(bundle);
    }
  };
  for (const bundle of bundles) {
    add(items.get(bundle.from), bundle);
    add(items.get(bundle.to), bundle);
  }
  return around;
}

export function isIn(item, id) {
  for (let at = item; at; at = at.parent) {
    if (at.id === id) {
      return true;
    }
  }
  return false;
}
