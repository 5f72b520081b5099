import { lifeCycle, type MoveName } from './life-cycle.ts';

/** The table as a Mermaid state diagram, as it stands in ARCHITECTURE.md. Edges that share both ends share an arrow. */
export const lifeCycleDiagram = (): string => {
  const arrows = new Map<string, MoveName[]>();
  for (const [move, rule] of Object.entries(lifeCycle) as [MoveName, (typeof lifeCycle)[MoveName]][])
    for (const from of rule.from) arrows.set(`${from} --> ${rule.to}`, [...(arrows.get(`${from} --> ${rule.to}`) ?? []), move]);
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> draft', ...[...arrows].map(([arrow, moves]) => `  ${arrow}: ${moves.join(', ')}`), '```'].join('\n');
};
