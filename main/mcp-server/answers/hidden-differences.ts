import { hideSecrets } from '../../domain/secrets/hidden-values.ts';

/** Returns the value of a field of a change as an agent may see it. `env.TOKEN` counts as a value named TOKEN. */
export function hideField(field: string, value: unknown): unknown {
  const name = field.slice(field.indexOf('.') + 1);
  return hideSecrets({ [name]: value })[name];
}
