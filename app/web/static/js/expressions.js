// What does a checked expression say about these answers? The browser's half of app/engine/evaluate.py.
//
// A tree is nested arrays with a tag first (app/definitions/expressions/as_json.py). It is compiled once to closures;
// nothing is ever run as code. Both halves are held to tests/conformance/expressions.json.
//
//   const judge = compile(tree);
//   judge({answers, today: "2026-11-09", row, marks: ["gesproken"], facts: {reason: "solved"}}) === true
//
// Answers have their canonical JSON: dates "1941", "1941-05", "1941-05-17", numbers as text, choices as arrays,
// consent true or false. Values come out as true/false, text (numbers too), an array of options, or null for blank.

const MILLION = 1000000n;
const TOO_LARGE = 10n ** 21n; // 10^15 in millionths
const DAY = 86400000;

/** A function from facts to the value of the tree; numbers as text. */
export function compile(tree) {
  const judge = build(tree);
  return (facts) => {
    const value = judge(facts);
    return typeof value === "bigint" ? shown(value) : value;
  };
}

/** Whether a condition is true; blank is not. */
export function holds(tree, facts) {
  return compile(tree)(facts) === true;
}

/** The flat ids of all fields a tree reads. */
export function fieldsRead(tree, found = new Set()) {
  if (!Array.isArray(tree)) return found;
  if (tree[0] === "field") found.add(tree[1]);
  else if (tree[0] === "rows") {
    found.add(tree[2]);
    fieldsRead(tree[3], found);
  } else if (tree[0] !== "lit") tree.slice(1).forEach((part) => fieldsRead(part, found));
  return found;
}

// --- numbers: whole millionths, so that nothing is lost ------------------------------------------------------------

/** Half-even quotient of two whole numbers. */
function divided(over, under) {
  if (under < 0n) return divided(-over, -under);
  const sign = over < 0n ? -1n : 1n;
  const size = over * sign;
  let result = size / under;
  const twice = (size % under) * 2n;
  if (twice > under || (twice === under && result % 2n === 1n)) result += 1n;
  return result * sign;
}

function fitting(number) {
  return number < TOO_LARGE && number > -TOO_LARGE ? number : null;
}

function number(value) {
  if (typeof value !== "string" && typeof value !== "number") return null;
  const match = /^\s*([-+]?)([0-9]+)(?:\.([0-9]+))?\s*$/.exec(String(value));
  if (!match) return null;
  const decimals = match[3] || "";
  const whole = BigInt(match[2] + decimals);
  const size = divided(whole * MILLION, 10n ** BigInt(decimals.length));
  return fitting(match[1] === "-" ? -size : size);
}

function shown(number) {
  const size = number < 0n ? -number : number;
  const decimals = String(size % MILLION).padStart(6, "0").replace(/0+$/, "");
  return `${number < 0n ? "-" : ""}${size / MILLION}${decimals ? "." : ""}${decimals}`;
}

const RECKON = {
  add: (left, right) => fitting(left + right),
  sub: (left, right) => fitting(left - right),
  mul: (left, right) => fitting(divided(left * right, MILLION)),
  div: (left, right) => (right === 0n ? null : fitting(divided(left * MILLION, right))),
};

// --- answers -------------------------------------------------------------------------------------------------------

function text(value) {
  return value === undefined || value === null || value === "" ? null : String(value);
}

/** Of a partial date the earliest day it can be. */
function day(value) {
  const match = typeof value === "string" && /^([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?$/.exec(value);
  if (!match || match[1] === "0000") return null;
  const iso = `${match[1]}-${match[2] || "01"}-${match[3] || "01"}`;
  return isoOf(timeOf(iso)) === iso ? iso : null;
}

function timeOf(iso) {
  const moment = new Date(0);
  moment.setUTCFullYear(Number(iso.slice(0, 4)), Number(iso.slice(5, 7)) - 1, Number(iso.slice(8, 10)));
  return moment.getTime();
}

function isoOf(time) {
  const moment = new Date(time);
  const year = moment.getUTCFullYear();
  if (!(year >= 1 && year <= 9999)) return null;
  const part = (value, size) => String(value).padStart(size, "0");
  return `${part(year, 4)}-${part(moment.getUTCMonth() + 1, 2)}-${part(moment.getUTCDate(), 2)}`;
}

function yes(value) {
  if (typeof value === "boolean") return value;
  if (isObject(value)) return value.given === true;
  return text(value) === null ? null : value === "ja" || value === "true";
}

function option(value) {
  if (typeof value === "boolean") return value ? "ja" : "nee";
  return text(value);
}

function options(value) {
  if (Array.isArray(value)) return value.length ? value.map(String) : null;
  return text(value) === null ? null : [String(value)];
}

function rows(value) {
  const found = Array.isArray(value) ? value.filter(isObject) : [];
  return found.length ? found : null;
}

function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function other(value) {
  if (Array.isArray(value)) return value.length ? value : null;
  if (!isObject(value)) return value === false ? null : text(value);
  if ("given" in value) return value.given ? value : null;
  if ("way" in value) return value.data ? value : null;
  const parts = Object.entries(value).filter(([name]) => name !== "kind" && name !== "box");
  return parts.some(([, part]) => Boolean(part)) ? value : null;
}

const READERS = {
  text, number, option, options, rows, other,
  date: day, time: text, boolean: yes, row: text,
};

function isIn(object, name) {
  return object && Object.prototype.hasOwnProperty.call(object, name) ? object[name] : undefined;
}

// --- trees ---------------------------------------------------------------------------------------------------------

const BUILDERS = {
  lit: ([type, value]) => {
    const constant = READERS[type](value);
    return () => constant;
  },
  field: ([name, type]) => (facts) => READERS[type](isIn(facts.answers, name)),
  row: ([name, type]) => (facts) => READERS[type](isIn(facts.row, name)),
  case: ([name, type]) => (facts) => (name === "today" ? facts.today : READERS[type](isIn(facts.facts, name))),
  not: ([operand]) => {
    const judge = build(operand);
    return (facts) => judge(facts) !== true;
  },
  and: (parts) => {
    const judges = parts.map(build);
    return (facts) => judges.every((judge) => judge(facts) === true);
  },
  or: (parts) => {
    const judges = parts.map(build);
    return (facts) => judges.some((judge) => judge(facts) === true);
  },
  list: (parts) => {
    const judges = parts.map(build);
    return (facts) => judges.map((judge) => judge(facts));
  },
  cmp: compare,
  in: ([item, container, negated]) => {
    const one = build(item);
    const many = build(container);
    return (facts) => {
      const value = one(facts);
      const among = many(facts);
      return (value !== null && Array.isArray(among) && among.includes(value)) !== negated;
    };
  },
  arith: ([op, left, right, type]) => arith(op, build(left), build(right), type),
  call: ([name, , ...args]) => FUNCTIONS[name](args.map(build), args),
  rows: overRows,
};

function build(tree) {
  const builder = isIn(BUILDERS, tree[0]);
  if (!builder) throw new Error(`no part is called ${tree[0]}`);
  return builder(tree.slice(1));
}

const ORDERINGS = {
  lt: (left, right) => left < right,
  le: (left, right) => left <= right,
  gt: (left, right) => left > right,
  ge: (left, right) => left >= right,
};

function compare([op, left, right, order]) {
  const one = build(left);
  const other = build(right);
  if (op === "is" || op === "is_not") {
    return (facts) => {
      const value = one(facts);
      return (value !== null && value === other(facts)) === (op === "is");
    };
  }
  const rank = (value) => {
    if (!order.length) return value;
    const index = order.indexOf(value);
    return index < 0 ? null : index;
  };
  return (facts) => {
    const low = rank(one(facts));
    const high = rank(other(facts));
    return low !== null && high !== null && ORDERINGS[op](low, high);
  };
}

function arith(op, left, right, type) {
  return (facts) => {
    const one = left(facts);
    const other = right(facts);
    if (one === null || other === null) return null;
    if (typeof one === "bigint") return RECKON[op](one, other);
    if (type === "number") return BigInt(Math.round((timeOf(one) - timeOf(other)) / DAY)) * MILLION;
    const days = Number(other / MILLION) * (op === "add" ? 1 : -1);
    return isoOf(timeOf(one) + days * DAY);
  };
}

// --- functions -----------------------------------------------------------------------------------------------------

function words(tree) {
  return tree ? tree.slice(1).map((item) => item[2]) : [];
}

function said(value, silent) {
  if (value === null || value === undefined || value === "") return false;
  if (Array.isArray(value)) return value.some((item) => isObject(item) || !silent.includes(item));
  return !silent.includes(value);
}

function years(birth, today) {
  const passed = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return passed - (today.slice(5) < birth.slice(5) ? 1 : 0);
}

function extreme(before) {
  return (judges) => (facts) => judges.map((judge) => judge(facts))
    .reduce((best, value) => (best === null || (value !== null && before(value, best)) ? value : best), null);
}

const FUNCTIONS = {
  answered: ([value], [asked, silentTree, rowTree]) => {
    const silent = words(silentTree);
    if (rowTree) {
      return (facts) => words(rowTree).some((row) => said(isIn(facts.answers, `${asked[1]}.${row}`), silent));
    }
    if (asked[2] === "boolean" && (asked[0] === "field" || asked[0] === "row")) return (facts) => value(facts) === true;
    return (facts) => said(value(facts), silent);
  },
  age: ([birth]) => (facts) => {
    const born = birth(facts);
    return born === null ? null : BigInt(years(born, facts.today)) * MILLION;
  },
  count: ([value], [, silentTree]) => (facts) => {
    const found = value(facts) || [];
    return BigInt(found.filter((item) => !words(silentTree).includes(item)).length) * MILLION;
  },
  worst: (_, [matrix, rowTree, levelTree]) => (facts) => {
    let found = null;
    let highest = -1;
    for (const row of words(rowTree)) {
      const level = words(levelTree).indexOf(isIn(facts.answers, `${matrix[1]}.${row}`));
      if (level > highest) [found, highest] = [row, level];
    }
    return found;
  },
  min: extreme((value, best) => value < best),
  max: extreme((value, best) => value > best),
  length: ([value]) => (facts) => BigInt(Array.from(value(facts) || "").length) * MILLION,
  marked: (_, [mark]) => (facts) => (facts.marks || []).includes(mark[2]),
  read: ([value]) => (facts) => value(facts) === true,
};

function overRows([name, field, body, , lines]) {
  const judge = body === null ? () => true : build(body);
  const used = rowNames(body);
  const all = (facts) => (lines.length ? matrix(facts, field, lines, used) : rows(isIn(facts.answers, field)) || []);
  const each = (facts) => all(facts).map((row) => judge({ ...facts, row }));
  const yes = (value) => value === true;
  if (name === "any") return (facts) => each(facts).some(yes);
  if (name === "all") return (facts) => each(facts).every(yes);
  if (name === "count") return (facts) => BigInt(each(facts).filter(yes).length) * MILLION;
  return (facts) => each(facts).reduce(
    (sum, value) => (sum === null || typeof value !== "bigint" ? sum : RECKON.add(sum, value)), 0n);
}

/** A matrix always has all its rows; what is said of them stands under `<matrix>.<row>` and below. */
function matrix(facts, field, lines, used) {
  return lines.map(([id, fixed]) => {
    const cell = `${field}.${id}`;
    const row = {};
    for (const name of used) row[name] = isIn(facts.answers, `${cell}.${name}`);
    return { ...row, ...Object.fromEntries(fixed), id, score: isIn(facts.answers, cell) };
  });
}

function rowNames(tree, found = new Set()) {
  if (!Array.isArray(tree)) return found;
  if (tree[0] === "row") found.add(tree[1]);
  else if (tree[0] !== "lit") tree.slice(1).forEach((part) => rowNames(part, found));
  return found;
}
