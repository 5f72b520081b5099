/** A brand that takes applications in every way, with people who answer on working days. */
import { openDoors } from '../../src/doors.ts';
import { addStaff } from '../../src/identity/staff.ts';
import type { Pack } from '../../src/policy/pack.ts';
import { applicantOf, type Applicant } from '../apply.ts';
import type { Story, StoryOptions } from '../harness.ts';

export const anyWay = 'ultra-any-way';
/** The same, with neither phone nor chat nor post. */
export const onlineOnly = 'ultra-online';

export const withChannels: NonNullable<StoryOptions['brands']> = {
  [anyWay]: (pack: Pack) => ({
    ...pack, channels: ['web', 'phone', 'chat', 'post'], supportHours: [{ days: [1, 2, 3, 4, 5], opens: '09:00', closes: '18:00' }],
    social: [{ id: 'square', label: { 'zh-CN': '广场', 'zh-TW': '廣場', en: 'Square' }, handle: '@care@ultra-purple.example' }],
  }),
  [onlineOnly]: (pack: Pack) => ({ ...pack, channels: ['web'], social: [] }),
};

/** Portal and console of every brand of the story. */
export const bothDoors = (story: Story) => openDoors(story.signoff, story.parts);

/** A line of the brand's demo accounts, whose references begin with the brand's name. */
export const applicantAt = async (story: Story, of: string, ref: string): Promise<Applicant> => {
  const found = await applicantOf(story, `${of}-${ref}`);
  const person = story.dataOf(of).subscribers.find(({ lines }) => lines.some(({ billingRef }) => billingRef === `${of}-${ref}`))?.person;
  return { ...found, who: { ...found.who, brand: of }, person: { name: person?.name ?? '', email: person?.email ?? '', phone: person?.contactPhone ?? '' } };
};

export type Account = { readonly email: string; readonly password: string };
/** One of the desk with this role alone. */
export const addAgent = async ({ signoff: { desk } }: Story, of: string, name: string, who: Account): Promise<Account> => {
  const added = await addStaff(desk.db, desk.vault, desk.clock, { brand: of, name, roles: ['agent'], ...who });
  if (!added.ok) throw new Error(added.why.kind);
  return who;
};
