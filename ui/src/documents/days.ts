/** When a day (`2024-03-31`) begins where the person is, Unix milliseconds; so many days later. Nothing for what is no day. */
export function beginning(day: string, later = 0): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day)?.slice(1).map(Number);
  if (!parts) return null;
  const [year, month, date] = parts as [number, number, number];
  const begins = new Date(year, month - 1, date + later);
  // The years before 100 are not those of the calendar there.
  return year < 100 || Number.isNaN(begins.getTime()) ? null : begins.getTime();
}
