import { useState } from 'react';
import type { ReactNode } from 'react';
import { useSchedule } from '../../../session-context.tsx';
import { Disclosure } from '../../../ui/disclosure.tsx';
import type { TaskEditorModel } from '../use-task-editor.ts';
import { holdsMore, sectionFields } from './sections.ts';
import type { Section as SectionName } from './sections.ts';

interface SectionProps {
  model: TaskEditorModel;
  name: SectionName;
  title: string;
  /** What it holds. Shown while it is closed. */
  summary: string;
  children: ReactNode;
}

/** A part of the task dialog: open at first if it holds more than defaults, and whenever an error is in it. */
export function Section({ model: { form, errors }, name, title, summary, children }: SectionProps) {
  const machineZone = useSchedule((schedule) => schedule.app.timezone);
  const [isOpen] = useState(() => holdsMore(form, name, machineZone));
  const hasError = sectionFields[name].some((field) => errors[field] !== undefined);
  return (
    <Disclosure title={title} summary={summary} startOpen={isOpen} forceOpen={hasError}>
      {children}
    </Disclosure>
  );
}
