// What was filled in so far, in the shape the expressions read? The server reads it again, and only that counts.

import { definition } from "./texts.js";

const LISTS = new Set(["choices", "tags", "availability"]);
const GIVEN = new Set(["consent", "read_receipt"]);
const DATES = new Set(["date", "partial_date"]);
const NUMBERS = new Set(["integer", "decimal"]);
const PARTS = new Set(["address", "signature"]);

/** Flat id -> value; a repeat is an array of rows. `texts` is name -> array of texts. */
export function answersOf(texts) {
  const found = {};
  for (const [id, { type }] of Object.entries(definition.types)) {
    if (type === "matrix") cells(found, id, texts);
    else if (type === "repeat") found[id] = rows(id, texts);
    else put(found, id, value(type, id, texts));
  }
  return found;
}

function cells(found, id, texts) {
  const { ids, types } = definition.matrix[id];
  for (const row of ids) {
    put(found, `${id}.${row}`, first(texts[`${id}.${row}`]));
    for (const [child, { type }] of Object.entries(types)) {
      put(found, `${id}.${row}.${child}`, value(type, `${id}.${row}.${child}`, texts));
    }
  }
}

function rows(id, texts) {
  const { types } = definition.rows[id];
  const numbers = new Set(Object.keys(texts).filter((name) => name.startsWith(`${id}.`)).map((name) => name.slice(id.length + 1).split(/[.:]/)[0]));
  return [...numbers].filter((number) => /^[0-9]+$/.test(number)).sort((a, b) => a - b).map((number) => {
    const row = {};
    for (const [column, { type }] of Object.entries(types)) put(row, column, value(type, `${id}.${number}.${column}`, texts));
    Object.defineProperty(row, "number", { value: number });
    return row;
  });
}

function value(type, name, texts) {
  if (LISTS.has(type)) return (texts[name] || []).filter(Boolean);
  if (GIVEN.has(type)) return (texts[name] || []).includes("ja");
  if (PARTS.has(type)) return parts(name, texts);
  const text = first(texts[name]);
  if (text === undefined) return undefined;
  if (DATES.has(type)) return isoDate(text);
  if (NUMBERS.has(type)) return decimal(text);
  return text;
}

function parts(name, texts) {
  const found = {};
  for (const [key, given] of Object.entries(texts)) {
    if (key.startsWith(`${name}:`) && first(given)) found[key.slice(name.length + 1)] = first(given);
  }
  return Object.keys(found).length ? found : undefined;
}

/** `17/5/1941` -> `1941-05-17`, `5/1941` -> `1941-05`, `1941` as it is. */
function isoDate(text) {
  const pieces = text.trim().split(/[-/. ]+/);
  if (!pieces.every((piece) => /^[0-9]{1,4}$/.test(piece)) || pieces.length > 3) return undefined;
  if (pieces[0].length !== 4) pieces.reverse();
  if (pieces[0].length !== 4) return undefined;
  return pieces.map((piece, index) => (index ? piece.padStart(2, "0") : piece)).join("-");
}

function decimal(text) {
  const plain = text.replace(/\s/g, "");
  if (/^-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?$/.test(plain)) return plain.replaceAll(".", "").replace(",", ".");
  return /^-?[0-9]+([.,][0-9]+)?$/.test(plain) ? plain.replace(",", ".") : undefined;
}

function first(texts) {
  const text = texts?.[0]?.trim();
  return text || undefined;
}

function put(found, name, value_) {
  if (value_ !== undefined) found[name] = value_;
}
