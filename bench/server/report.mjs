/** The value below which so much (0 to 1) of the values lie. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Lines of figures, each against its floor and its aim where it has them. */
export class Report {
  missed = 0;

  section(title) {
    console.log(`\n${title}`);
  }

  /** @param against `{ floor, aim }`, and `less` where smaller is better */
  figure(what, value, unit, against) {
    const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
    const shown = `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${unit}`;
    if (!against) return console.log(`    ${what.padEnd(58)} ${shown}`);
    const { floor, aim, less } = against;
    const reaches = (mark) => (less ? value <= mark : value >= mark);
    const isMet = reaches(floor);
    if (!isMet) this.missed++;
    const verdict = reaches(aim)
      ? `aim ${aim} reached`
      : `floor ${floor} ${isMet ? 'held' : 'MISSED'}, aim ${aim}`;
    console.log(`  ${isMet ? '✔' : '✖'} ${what.padEnd(58)} ${shown.padEnd(16)} ${verdict}`);
  }

  end() {
    console.log(this.missed === 0 ? '\nAll floors held.' : `\n${this.missed} of the floors missed.`);
    process.exitCode = this.missed === 0 ? 0 : 1;
  }
}
