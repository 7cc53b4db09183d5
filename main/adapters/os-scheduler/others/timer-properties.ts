/** What `systemctl show` says about one unit, by the name of the property. A property can have several lines. */
export type UnitProperties = ReadonlyMap<string, readonly string[]>;

/** Reads the output of `systemctl show UNIT…`: blocks of `Name=value`, with an empty line between units. */
export function readProperties(output: string): Map<string, UnitProperties> {
  const units = new Map<string, UnitProperties>();
  let unit = new Map<string, string[]>();
  const keep = (): void => {
    const id = unit.get('Id')?.[0];
    if (id !== undefined) units.set(id, unit);
    unit = new Map();
  };
  for (const line of output.split('\n')) {
    const [, name = '', value = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    if (line === '') keep();
    else if (name !== '') unit.set(name, [...(unit.get(name) ?? []), value]);
  }
  keep();
  return units;
}

export const valueOf = (unit: UnitProperties | undefined, name: string): string => unit?.get(name)?.at(-1) ?? '';

/** Returns a time stamp as systemctl writes it with `TZ=UTC`, in epoch ms; null for `n/a` and none. */
export function stampMs(text: string): number | null {
  const [, date, time] = /(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC/.exec(text) ?? [];
  return date === undefined || time === undefined ? null : Date.parse(`${date}T${time}Z`);
}

/** Returns the names and texts of `{ OnCalendar=*-*-* 03:00:00 ; next_elapse=… }`. */
export function elapsesOf(unit: UnitProperties, property: string): { name: string; value: string }[] {
  return (unit.get(property) ?? []).flatMap((text) => {
    const [, name, value] = /^\{ (\w+)=(.*?) ; next_elapse=/.exec(text) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value }];
  });
}

/** Returns the command lines of `ExecStart`. */
export function commandOf(unit: UnitProperties | undefined): string | null {
  const commands = (unit?.get('ExecStart') ?? []).flatMap(
    (text) => /argv\[\]=(.*?) ; ignore_errors=/.exec(text)?.[1] ?? [],
  );
  return commands.length === 0 ? null : commands.join(' && ');
}
