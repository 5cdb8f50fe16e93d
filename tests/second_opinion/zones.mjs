// Offset changes of a zone as the engine's own tables have them. In: an IANA name. Out: [instant, offset] in milliseconds
// from 2000 to 2035; the first entry holds before it, too.

export function zoneChanges(zone) {
  if (zone === 'UTC') return [[0, 0]];
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const offsetAt = (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - at;
  };
  const day = 86_400_000;
  const changes = [[Date.UTC(2000, 0, 1), offsetAt(Date.UTC(2000, 0, 1))]];
  for (let at = Date.UTC(2000, 0, 1); at < Date.UTC(2035, 0, 1); at += day) {
    const before = changes.at(-1)[1];
    if (offsetAt(at + day) === before) continue;
    let [low, high] = [at, at + day];
    while (high - low > 1000) {
      const middle = low + Math.floor((high - low) / 2000) * 1000;
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push([high, offsetAt(high)]);
  }
  return changes;
}
