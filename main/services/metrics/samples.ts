import type { MetricFamily, Sample } from './exposition.ts';

export const gauge = (name: string, help: string, samples: readonly Sample[]): MetricFamily => ({
  ...{ name, type: 'gauge', help, samples },
});

export const plain = (value: number): Sample => ({ labels: {}, value });

export const labelled = (label: string, values: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(values).map(([name, value]) => ({ labels: { [label]: name }, value }));
