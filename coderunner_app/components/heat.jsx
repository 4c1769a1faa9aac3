// Students × problems as squares. The page's state sends the whole board when it opens and afterwards what changed:
// both are read from the store of the states at once, before React gathers renders, so no change is lost, and only the
// rows with a change are drawn again. Arrow keys walk over the table, which takes one stop of the Tab key.
import React, { memo, useContext, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { StateStoreContext } from "$/utils/context-registry";
import { Ago } from "./moments.jsx";

const STATES = { t: "tried", s: "solved", k: "stuck" };

/** The board as it stands: rows are replaced, never changed, so that an untouched one is not drawn again. */
class Board {
  constructor() {
    Object.assign(this, { rows: [], columns: [], levels: [], serial: 0 });
  }

  replace({ rows, columns, levels }) {
    this.columns = columns.map(([id, title, level]) => ({ id, title, level }));
    this.levels = levels;
    this.rows = rows.map(([id, name, online, on, since, cells]) => ({ id, name, online, on, since, cells, fresh: {} }));
  }

  change({ serial, rows, cells }) {
    const changed = new Map();
    const touched = (id) => {
      const row = this.rows.find((one) => one.id === id);
      if (row && !changed.has(id)) changed.set(id, { ...row, cells: [...row.cells], fresh: {} });
      return changed.get(id);
    };
    for (const [id, online, on, since] of rows) Object.assign(touched(id) ?? {}, { online, on, since });
    for (const [id, column, cell] of cells) {
      const row = touched(id);
      if (!row || row.cells[column] === cell) continue;
      row.cells[column] = cell;
      row.fresh[column] = serial % 2; // two names of the same movement, so that it starts again
    }
    this.rows = this.rows.map((row) => changed.get(row.id) ?? row);
  }
}

function useBoard(state) {
  const store = useContext(StateStoreContext);
  const board = useRef(new Board());
  const [, redraw] = useReducer((count) => count + 1, 0);
  useEffect(() => {
    const seen = {};
    const changed = (name, take) => {
      const value = store.getSnapshot(state)?.[name + "_rx_state_"];
      if (value === undefined || value === seen[name]) return;
      seen[name] = value;
      if (value.serial === undefined) return;
      take(value);
      redraw();
    };
    const look = () => {
      changed("board", (value) => {
        board.current.replace(value);
        board.current.serial = value.serial;
      });
      changed("patch", (value) => {
        if (value.serial > board.current.serial) board.current.change(value);
      });
    };
    look();
    return store.subscribe(state, look);
  }, [state, store]);
  return board.current;
}

function words(row, column, cell) {
  const attempts = Number(cell.slice(1));
  const said = cell ? STATES[cell[0]] : "not started";
  const after = attempts ? `, ${attempts} ${attempts === 1 ? "attempt" : "attempts"}` : "";
  return `${row.name}, ${column.title}: ${said}${after}`;
}

function Cell({ row, column, index }) {
  const cell = row.cells[index] ?? "";
  const kind = STATES[cell[0]] ?? "none";
  const here = row.on === column.id ? " here" : "";
  const fresh = index in row.fresh ? ` fresh${row.fresh[index]}` : "";
  return (
    <td
      className={`cell ${kind}${here}${fresh}`}
      data-student={row.id}
      data-problem={column.id}
      tabIndex={-1}
      aria-label={words(row, column, cell)}
    >
      {kind === "solved" ? "✓" : cell.slice(1)}
    </td>
  );
}

const Row = memo(function Row({ row, shown, titles }) {
  return (
    <tr>
      <th
        scope="row"
        className="student"
        data-student={row.id}
        tabIndex={-1}
        title={row.name}
        aria-label={`${row.name}, ${row.online ? "online" : "not here"}`}
      >
        <span className={row.online ? "dot-on" : "dot-off"} />
        <span className="student-name">{row.name}</span>
      </th>
      <td className="on-what" tabIndex={-1} data-student={row.id} data-problem={row.on || undefined}>
        {row.online && row.on ? (
          <>
            <span className="on-title">{titles[row.on] ?? row.on}</span> <Ago at={row.since} coarse />
          </>
        ) : (
          <span className="unseen">nothing open</span>
        )}
      </td>
      {shown.map(([index, column]) => (
        <Cell key={column.id} row={row} column={column} index={index} />
      ))}
    </tr>
  );
});

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function focusOn(table, cell) {
  if (!cell) return;
  for (const other of table.querySelectorAll('[tabindex="0"]')) other.tabIndex = -1;
  cell.tabIndex = 0;
  cell.focus();
}

function onKey(event) {
  const table = event.currentTarget;
  const cell = event.target.closest("td, th");
  if (!cell) return;
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    cell.click();
    return;
  }
  const row = cell.parentElement;
  const last = row.cells.length - 1;
  const to = { Home: row.cells[0], End: row.cells[last] }[event.key];
  const step = STEPS[event.key];
  if (!to && !step) return;
  event.preventDefault();
  focusOn(table, to ?? table.rows[row.rowIndex + step[0]]?.cells[cell.cellIndex + step[1]]);
}

function Legend() {
  return (
    <ul className="legend" aria-label="What the squares mean">
      {[["none", "", "not started"], ["tried", "2", "tried (attempts)"], ["solved", "✓", "solved"], ["stuck", "7", "stuck"]].map(
        ([kind, mark, said]) => (
          <li key={kind}>
            <span className={`cell ${kind}`} aria-hidden="true">
              {mark}
            </span>
            {said}
          </li>
        ),
      )}
    </ul>
  );
}

export function Heat({ state, onOpen }) {
  const board = useBoard(state);
  const [level, setLevel] = useState("");
  const table = useRef(null);
  const { columns, levels, rows } = board;
  const chosen = levels.some(([id]) => id === level) ? level : "";
  const shown = useMemo(
    () => columns.map((column, index) => [index, column]).filter(([, column]) => !chosen || column.level === chosen),
    [columns, chosen],
  );
  const titles = useMemo(() => Object.fromEntries(columns.map(({ id, title }) => [id, title])), [columns]);
  useEffect(() => {
    const first = table.current?.rows[1]?.cells[0];
    if (first && !table.current.querySelector('[tabindex="0"]')) first.tabIndex = 0;
  });
  const open = (event) => {
    const { student = "", problem = "" } = event.target.closest("[data-student], [data-problem]")?.dataset ?? {};
    if (student || problem) onOpen(student, problem);
  };
  const name = (event) => {
    const cell = event.target.closest("td.cell");
    if (cell) cell.title = cell.getAttribute("aria-label");
  };
  return (
    <section className="card heat" aria-label="Who is how far">
      <div className="heat-head">
        <h2>
          <label htmlFor="level-shown" className="unseen">
            Level
          </label>
          <select id="level-shown" value={chosen} onChange={(event) => setLevel(event.target.value)}>
            {levels.length !== 1 && <option value="">All levels</option>}
            {levels.map(([id, title]) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </h2>
        <Legend />
      </div>
      <div className="heat-scroll">
        <table role="grid" aria-label="Students and problems" ref={table} onKeyDown={onKey} onClick={open} onMouseOver={name}>
          <thead>
            <tr>
              <th scope="col" className="student">
                <span className="unseen">Student</span>
              </th>
              <th scope="col" className="on-what">
                <span>Now on</span>
              </th>
              {shown.map(([, { id, title }]) => (
                <th key={id} scope="col" className="problem-name" data-problem={id} tabIndex={-1} title={title}>
                  <span>{title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} shown={shown} titles={titles} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
