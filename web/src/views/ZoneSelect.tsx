// A choice of time zone, from the zones that the browser knows.
import { useMemo } from 'preact/hooks';

export function browserZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

function allZones(): string[] {
  try {
    return Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');
  } catch {
    return [browserZone()];
  }
}

export function ZoneSelect({
  id,
  label,
  value,
  onChange,
}: {
  id: string;
  label?: string;
  value: string;
  onChange: (zone: string) => void;
}) {
  const zones = useMemo(allZones, []);
  const known = value === 'UTC' || zones.includes(value);
  return (
    <select
      id={id}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    >
      <option value="UTC">UTC</option>
      {!known && <option value={value}>{value}</option>}
      {zones.map((zone) => (
        <option key={zone} value={zone}>
          {zone}
        </option>
      ))}
    </select>
  );
}
