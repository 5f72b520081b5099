export { guard, seeOther, show, statusOfFault } from '../design/index.ts';
