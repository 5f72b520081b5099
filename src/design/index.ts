export { brandIcon, BrandMark, Page, type Frame, type Tongue } from './page.tsx';
export { Signal, StateBanner, type Bars } from './signal.tsx';
export { Icon, type IconName } from './icon.tsx';
export { Actions, Button, Card, Facts, Go, Notice, Questions, Row, SummaryList, Tag, Timeline, Way, type Answer, type Moment } from './parts.tsx';
export { CheckBox, CheckGroup, ErrorSummary, Field, FileField, Form, RadioGroup, type Choice, type Fault } from './form.tsx';
export { tonguesOf } from './tongues.ts';
export { styleSheet, type StyleSheet } from './style.ts';
export { tokensOf, type BrandColour } from './colours.ts';
export { render } from './render.ts';
