import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';

/** What is wrong with a field, in words. `id` is that of the control, so that a link leads into it. */
export type Fault = { readonly id: string; readonly says: string };

export const ErrorSummary = ({ title, faults }: { readonly title: string; readonly faults: readonly Fault[] }) =>
  faults.length === 0 ? null : (
    <section class="faults" role="alert" aria-labelledby="faults" tabIndex={-1} autofocus>
      <h2 id="faults">{title}</h2>
      <ul>{faults.map(({ id, says }) => <li key={id}><a href={`#${id}`}>{says}</a></li>)}</ul>
    </section>
  );

type Common = { readonly name: string; readonly label: ComponentChildren; readonly hint?: ComponentChildren; readonly fault?: string | undefined };

const FaultLine = ({ id, says }: { readonly id: string; readonly says: string | undefined }) =>
  says === undefined ? null : <p class="fault" id={`${id}-fault`}><Icon name="alert" /><span>{says}</span></p>;

const describedBy = (name: string, hint: unknown, fault: string | undefined): string | undefined =>
  [hint ? `${name}-hint` : '', fault === undefined ? '' : `${name}-fault`].filter(Boolean).join(' ') || undefined;

type Control = Pick<preact.InputHTMLAttributes, 'type' | 'autocomplete' | 'inputMode' | 'value' | 'required' | 'maxLength' | 'spellcheck' | 'autocapitalize' | 'placeholder' | 'class'>;

/** One line of text. `many` makes it several. Browser checks stay off (`novalidate`): the server says what is wrong, in our words. */
export const Field = ({ name, label, hint, fault, many, ...control }: Common & Control & { readonly many?: boolean }) => {
  const shared = { id: name, name, 'aria-describedby': describedBy(name, hint, fault), 'aria-invalid': fault === undefined ? undefined : true };
  return (
    <div class={fault === undefined ? 'field' : 'field wrong'}>
      <label for={name}>{label}</label>
      {hint ? <p class="hint" id={`${name}-hint`}>{hint}</p> : null}
      <FaultLine id={name} says={fault} />
      {many
        ? <textarea {...shared} class={control.class} maxLength={control.maxLength} required={control.required} spellcheck={control.spellcheck}>{control.value}</textarea>
        : <input type="text" {...shared} {...control} />}
    </div>
  );
};

export type Choice = { readonly value: string; readonly label: ComponentChildren; readonly hint?: ComponentChildren };

/** One of several. The first radio carries the field's id, so that the error summary leads into it. */
export const RadioGroup = ({ name, label, hint, fault, choices, chosen, two }: Common & { readonly choices: readonly Choice[]; readonly chosen?: string | undefined; readonly two?: boolean }) => (
  <fieldset class={fault === undefined ? 'field' : 'field wrong'} aria-describedby={describedBy(name, hint, fault)}>
    <legend>{label}</legend>
    {hint ? <p class="hint" id={`${name}-hint`}>{hint}</p> : null}
    <FaultLine id={name} says={fault} />
    <div class={two ? 'choices two' : 'choices'}>
      {choices.map((choice, place) => (
        <label class="choice" key={choice.value}>
          <input type="radio" id={place === 0 ? name : `${name}-${place}`} name={name} value={choice.value} checked={choice.value === chosen} />
          <span>{choice.label}</span>
          {choice.hint ? <span class="hint">{choice.hint}</span> : null}
        </label>
      ))}
    </div>
  </fieldset>
);

export const CheckBox = ({ name, value, label, hint, checked, id }: { readonly name: string; readonly value: string; readonly label: ComponentChildren; readonly hint?: ComponentChildren; readonly checked?: boolean; readonly id?: string }) => (
  <label class="choice">
    <input type="checkbox" id={id ?? `${name}-${value}`} name={name} value={value} checked={checked} />
    <span>{label}</span>
    {hint ? <span class="hint">{hint}</span> : null}
  </label>
);

/** Several to tick, each for itself. */
export const CheckGroup = ({ name, label, hint, fault, children }: Common & { readonly children: ComponentChildren }) => (
  <fieldset class={fault === undefined ? 'field' : 'field wrong'} aria-describedby={describedBy(name, hint, fault)}>
    <legend>{label}</legend>
    {hint ? <p class="hint" id={`${name}-hint`}>{hint}</p> : null}
    <FaultLine id={name} says={fault} />
    <div class="choices">{children}</div>
  </fieldset>
);

/** `kept` says what was uploaded before: choosing again replaces it, choosing nothing keeps it. */
export const FileField = ({ name, label, hint, fault, accept, kept }: Common & { readonly accept: string; readonly kept?: ComponentChildren }) => (
  <div class={fault === undefined ? 'field' : 'field wrong'}>
    <label for={name}>{label}</label>
    {hint ? <p class="hint" id={`${name}-hint`}>{hint}</p> : null}
    <FaultLine id={name} says={fault} />
    <div class="file">
      {kept ? <span class="kept"><Icon name="check" /><span>{kept}</span></span> : null}
      <input type="file" id={name} name={name} accept={accept} aria-describedby={describedBy(name, hint, fault)} aria-invalid={fault === undefined ? undefined : true} />
    </div>
  </div>
);

/** A form that is always posted, with the token that shows it came from our own page. Without `sheet` it is one button among others. */
export const Form = ({ action, token, files, sheet = true, children }: { readonly action: string; readonly token: string; readonly files?: boolean; readonly sheet?: boolean; readonly children: ComponentChildren }) => (
  <form method="post" action={action} enctype={files ? 'multipart/form-data' : undefined} class={sheet ? 'sheet' : undefined} novalidate>
    <input type="hidden" name="token" value={token} />
    {children}
  </form>
);
