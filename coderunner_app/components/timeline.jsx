// When somebody worked: a bar for each day or hour, in the reader's own time zone, and the same as a table.
import React, { useMemo, useState } from "react";

const HEIGHT = 96;
const DAY_MS = 24 * 60 * 60 * 1000;
const two = (number) => String(number).padStart(2, "0");

function startOfDay(at) {
  const day = new Date(at);
  day.setHours(0, 0, 0, 0);
  return day;
}

function byDay(presses, days, now) {
  const first = startOfDay(now - (days - 1) * DAY_MS);
  const bars = [...Array(days)].map((_, at) => {
    const day = new Date(first);
    day.setDate(first.getDate() + at);
    const name = day.toLocaleDateString([], { weekday: "short", day: "numeric", month: "short" });
    return { name, short: String(day.getDate()), runs: 0, submissions: 0, solved: 0 };
  });
  presses.forEach(([at, kind]) => add(bars[Math.round((startOfDay(at) - first) / DAY_MS)], kind));
  return bars;
}

function byHour(presses) {
  const bars = [...Array(24)].map((_, hour) => ({ name: `${two(hour)}:00 to ${two((hour + 1) % 24)}:00`, short: two(hour), runs: 0, submissions: 0, solved: 0 }));
  presses.forEach(([at, kind]) => add(bars[new Date(at).getHours()], kind));
  return bars;
}

function add(bar, kind) {
  if (!bar) return;
  if (kind === 0) bar.runs += 1;
  else bar.submissions += 1;
  if (kind === 2) bar.solved += 1;
}

export function Timeline({ presses = [], days = 28, now = 0 }) {
  const [hourly, setHourly] = useState(false);
  const bars = useMemo(() => (hourly ? byHour(presses) : byDay(presses, days, now)), [presses, days, now, hourly]);
  const most = Math.max(1, ...bars.map((bar) => bar.runs + bar.submissions));
  const width = 100 / bars.length;
  const high = (count) => (count / most) * (HEIGHT - 14);
  const busy = bars.filter((bar) => bar.runs + bar.submissions);
  return (
    <div className="timeline">
      <div className="timeline-head">
        <div className="switch" role="group" aria-label="Time line">
          {[["By day", false], ["By hour of the day", true]].map(([words, value]) => (
            <button key={words} type="button" aria-pressed={hourly === value} onClick={() => setHourly(value)}>
              {words}
            </button>
          ))}
        </div>
        <ul className="legend" aria-hidden="true">
          <li><i className="bar-run" />runs</li>
          <li><i className="bar-submit" />submissions</li>
          <li><b>✓</b>solved</li>
        </ul>
      </div>
      <div className="timeline-bars" aria-hidden="true" style={{ height: HEIGHT }}>
        {bars.map((bar) => (
          <div key={bar.name} className="day-bar" style={{ width: `${width}%` }} title={`${bar.name}: ${bar.runs} runs, ${bar.submissions} submissions, ${bar.solved} solved`}>
            {bar.solved > 0 && <b>✓</b>}
            {bar.submissions > 0 && <i className="bar-submit" style={{ height: Math.max(3, high(bar.submissions)) }} />}
            {bar.runs > 0 && <i className="bar-run" style={{ height: Math.max(3, high(bar.runs)) }} />}
          </div>
        ))}
      </div>
      <div className="timeline-names" aria-hidden="true">
        {bars.map((bar, at) => (
          <span key={bar.name} style={{ width: `${width}%` }}>{at % (hourly ? 3 : 7) === 0 ? bar.short : ""}</span>
        ))}
      </div>
      <details>
        <summary>The same as a table</summary>
        <div className="table-scroll" tabIndex={0} role="region" aria-label="Time line as a table">
          <table>
            <thead><tr><th scope="col">When</th><th scope="col">Runs</th><th scope="col">Submissions</th><th scope="col">Solved</th></tr></thead>
            <tbody>
              {busy.map((bar) => (
                <tr key={bar.name}><th scope="row">{bar.name}</th><td>{bar.runs}</td><td>{bar.submissions}</td><td>{bar.solved}</td></tr>
              ))}
            </tbody>
          </table>
          {!busy.length && <p className="muted">Nothing was run in this time.</p>}
        </div>
      </details>
    </div>
  );
}
