// The program's editor: CodeMirror 6, coloured by the tokens of theme.css, and the input box beside it.
import React, { useEffect, useId, useRef } from "react";
import { EditorState, Prec, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  drawSelection,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from "@codemirror/commands";
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { HighlightStyle, bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { python } from "@codemirror/lang-python";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { tags } from "@lezer/highlight";
import { desk } from "./desk.js";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.definitionKeyword], color: "var(--k)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--s)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--n)" },
  { tag: [tags.comment], color: "var(--c)" },
  { tag: [tags.function(tags.variableName), tags.function(tags.definition(tags.variableName))], color: "var(--f)" },
  { tag: [tags.className, tags.definition(tags.className), tags.self], color: "var(--f)" },
  { tag: tags.invalid, color: "var(--bad)" },
]);

const look = EditorView.theme({
  "&": { height: "100%", backgroundColor: "var(--code)", color: "var(--ink)" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", fontSize: "14px", lineHeight: "1.6" },
  ".cm-content": { padding: "14px 0", caretColor: "var(--ink)" },
  ".cm-gutters": { backgroundColor: "var(--code)", color: "var(--c)", border: "none", paddingLeft: "6px" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "34px", padding: "0 12px 0 4px" },
  ".cm-line": { padding: "0 16px 0 4px" },
  ".cm-activeLine": { backgroundColor: "color-mix(in srgb, var(--sunken) 55%, transparent)" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: "var(--ink)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)", borderLeftWidth: "2px" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    background: "color-mix(in srgb, var(--accent) 24%, transparent)",
  },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-error-line": { backgroundColor: "var(--bad-soft)" },
  ".cm-lintRange-error": { backgroundImage: "none" },
  ".cm-gutter-lint": { width: "12px" },
  ".cm-lint-marker": { width: "9px", height: "9px", marginTop: "7px" },
  ".cm-tooltip": {
    backgroundColor: "var(--surface)",
    color: "var(--ink)",
    border: "1px solid var(--line)",
    borderRadius: "10px",
    padding: "2px 4px",
  },
  ".cm-diagnostic-error": { borderLeft: "3px solid var(--bad)" },
});

// A line that an error came from, until somebody changes the program.
const setErrorLine = StateEffect.define();
const errorLine = StateField.define({
  create: () => Decoration.none,
  update(lines, transaction) {
    let next = transaction.docChanged ? Decoration.none : lines;
    for (const effect of transaction.effects) {
      if (!effect.is(setErrorLine)) continue;
      next = effect.value === null
        ? Decoration.none
        : Decoration.set([Decoration.line({ class: "cm-error-line" }).range(effect.value)]);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function begin(parent, label, describedBy) {
  const state = EditorState.create({
    doc: desk.source,
    extensions: [
      // Ctrl-Enter belongs to the page, which presses its buttons; see SaveState.
      Prec.highest(keymap.of(["Mod-Enter", "Mod-Shift-Enter"].map((key) => ({ key, run: () => true })))),
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      highlightSpecialChars(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      bracketMatching(),
      closeBrackets(),
      indentOnInput(),
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      python(),
      syntaxHighlighting(colours),
      look,
      errorLine,
      // Escape, then Tab leaves the editor: CodeMirror's own way out for people without a mouse.
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      EditorView.contentAttributes.of({
        "aria-label": label,
        "aria-describedby": describedBy,
        autocapitalize: "off",
        autocorrect: "off",
        spellcheck: "false",
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) desk.typed("source", update.state.doc.toString());
      }),
    ],
  });
  return new EditorView({ state, parent });
}

export function Editor({ draft, markers = [], label = "" }) {
  const host = useRef(null);
  const view = useRef(null);
  const help = useId();

  useEffect(() => {
    desk.open(draft);
  }, [draft]);

  useEffect(() => {
    const editor = (view.current = begin(host.current, label, help));
    const stop = desk.onReplaced((part) => {
      const now = editor.state.doc.toString();
      if (part !== "source" || now === desk.source) return;
      editor.dispatch({ changes: { from: 0, to: now.length, insert: desk.source }, annotations: isolateHistory.of("full") });
    });
    return () => {
      stop();
      editor.destroy();
      view.current = null;
    };
  }, []);

  useEffect(() => {
    const state = view.current?.state;
    if (!state) return;
    const shown = markers.filter((marker) => marker.line >= 1 && marker.line <= state.doc.lines);
    const places = shown.map((marker) => {
      const { from, to } = state.doc.line(marker.line);
      return { from, to, severity: "error", message: marker.message };
    });
    view.current.dispatch(setDiagnostics(state, places));
    view.current.dispatch({ effects: setErrorLine.of(places.length ? places[0].from : null) });
  }, [markers]);

  return (
    <div className="editor" ref={host}>
      <span id={help} className="unseen">
        Tab indents. Press Escape and then Tab to leave the editor.
      </span>
    </div>
  );
}

export function InputBox({ id, draft }) {
  const box = useRef(null);
  useEffect(() => {
    desk.open(draft);
    if (box.current.value !== desk.stdin) box.current.value = desk.stdin;
  }, [draft]);
  useEffect(
    () =>
      desk.onReplaced((part) => {
        if (part === "stdin" && box.current.value !== desk.stdin) box.current.value = desk.stdin;
      }),
    [],
  );
  return (
    <textarea
      id={id}
      ref={box}
      rows={4}
      wrap="off"
      spellCheck={false}
      autoCapitalize="off"
      defaultValue={desk.stdin}
      onChange={(event) => desk.typed("stdin", event.target.value)}
    />
  );
}

/** A program to read: the same colours, no way to change it. A new text takes the place of the old one where one looks. */
export function CodeView({ text, label }) {
  const host = useRef(null);
  const view = useRef(null);
  useEffect(() => {
    const extensions = [
      lineNumbers(),
      highlightSpecialChars(),
      EditorState.tabSize.of(4),
      EditorState.readOnly.of(true),
      EditorView.editable.of(false),
      python(),
      syntaxHighlighting(colours),
      look,
      EditorView.contentAttributes.of({ "aria-label": label, role: "textbox", "aria-readonly": "true", "aria-multiline": "true", tabindex: "0" }),
    ];
    view.current = new EditorView({ state: EditorState.create({ doc: text, extensions }), parent: host.current });
    return () => view.current.destroy();
  }, []);
  useEffect(() => {
    const doc = view.current.state.doc;
    if (doc.toString() !== text) view.current.dispatch({ changes: { from: 0, to: doc.length, insert: text } });
  }, [text]);
  return <div className="code-view" ref={host} />;
}
