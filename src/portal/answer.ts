export { guard, seeOther, show } from '../design/index.ts';
