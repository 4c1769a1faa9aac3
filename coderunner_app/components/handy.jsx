// Small things that only a browser can do: copy, print, read a file that somebody chose, ask before it is too late.
import React, { useId, useState } from "react";

const FRESH_MS = 2000;

export function Copy({ text, label }) {
  const [said, setSaid] = useState("");
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid("Copied");
    } catch {
      setSaid("Copy it by hand"); // forbidden by the browser, or not a secure address
    }
    setTimeout(() => setSaid(""), FRESH_MS);
  };
  return (
    <button type="button" className="btn" onClick={copy}>
      <span role="status">{said || label}</span>
    </button>
  );
}

export function Print({ label }) {
  return (
    <button type="button" className="btn primary" onClick={() => window.print()}>
      {label}
    </button>
  );
}

/** The text of a file in whatever spreadsheets write: UTF-16 with its mark, UTF-8, or the old Western encoding. */
function decode(bytes) {
  const [first, second] = new Uint8Array(bytes);
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

/** Reads a text file in the browser; nothing is uploaded but its text. */
export function FileText({ label, mostBytes, onText, onTooLarge }) {
  const read = async (event) => {
    const [file] = event.target.files;
    event.target.value = ""; // the same file may be chosen again
    if (!file) return;
    if (file.size > mostBytes) onTooLarge();
    else onText(decode(await file.arrayBuffer()));
  };
  return (
    <label className="btn file">
      {label}
      <input type="file" accept=".csv,.txt,.tsv,text/csv,text/plain" className="unseen" onChange={read} />
    </label>
  );
}

const idOf = (id) => id.replace(/[^a-z0-9]/gi, "");

/** A button that asks once more. */
export function Confirm({ label, heading, words, yes, no = "Leave it", look = "btn", spoken, onConfirm }) {
  const id = idOf(useId());
  const close = () => document.getElementById(id).hidePopover();
  return (
    <>
      <button type="button" className={look} popoverTarget={id} aria-label={spoken}>
        {label}
      </button>
      <div id={id} popover="auto" className="card ask" role="dialog" aria-label={heading}>
        <h2>{heading}</h2>
        <p>{words}</p>
        <div className="buttons">
          <button
            type="button"
            className="btn danger"
            onClick={() => {
              close();
              onConfirm();
            }}
          >
            {yes}
          </button>
          <button type="button" className="btn" onClick={close}>
            {no}
          </button>
        </div>
      </div>
    </>
  );
}

/** The join code as large as the screen, for the wall of a classroom. */
export function Projector({ code, path, name }) {
  const id = idOf(useId());
  return (
    <>
      <button type="button" className="btn" popoverTarget={id}>
        Show it large
      </button>
      <div id={id} popover="auto" className="projector" role="dialog" aria-label="Join code">
        <p className="projector-name">{name}</p>
        <p className="projector-code">{code}</p>
        <p className="projector-way">
          Open <b>{typeof window === "undefined" ? path : window.location.host + path}</b>
        </p>
        <button type="button" className="btn big" popoverTarget={id} popoverTargetAction="hide">
          Close
        </button>
      </div>
    </>
  );
}

/** A link's full address, which only the browser knows. */
export function CopyLink({ path, label }) {
  return <Copy text={typeof window === "undefined" ? path : window.location.origin + path} label={label} />;
}
