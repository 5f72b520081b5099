import type { ComponentChild } from 'preact';
import type { Draft } from '../desk/views.ts';
import { Way } from '../design/index.ts';
import { placeOf, stageOf, type FormField, type StageName } from '../policy/stages.ts';
import { checkQuery, type FaultCode } from './field-faults.ts';
import { paths, type Place } from './place.ts';
import type { Visit } from './visit.ts';

/** The line above a stage's heading: back to the one before, and how far along. */
export const StageWay = ({ place, draft, stage }: { readonly place: Place; readonly draft: Pick<Draft, 'pack' | 'line'>; readonly stage: StageName }): ComponentChild => {
  const { at, of, before } = placeOf(draft.pack, stage);
  const { say } = place.words;
  return <Way back={{ href: paths(place.base).stage(draft.line.lineId, before ?? 'preparation'), label: say('way.back') }} step={{ at, of, label: say('way.step', { at, of }) }} />;
};

/** Where to go on from a stage that is done. */
export const afterStage = (visit: Visit, { pack, line }: Pick<Draft, 'pack' | 'line'>, stage: StageName): string =>
  visit.to.stage(line.lineId, placeOf(pack, stage).next ?? 'check');

/** The first stage that has something missing, with what it is. */
export const backToStage = (visit: Visit, lineId: string, missing: readonly FormField[], codeOf: (field: FormField) => FaultCode): string => {
  const [first] = missing;
  if (first === undefined) return visit.to.stage(lineId, 'check');
  const stage = stageOf(first);
  return visit.to.stage(lineId, stage) + checkQuery(missing.filter((field) => stageOf(field) === stage).map(codeOf));
};
