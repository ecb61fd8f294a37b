// The note check in a browser's words: reads the lists and cases as JSON on standard input, writes the spans.
// It shows that the data needs nothing that Python has and a phone has not.
import { readFileSync } from "node:fs";

const { lists, straight, texts } = JSON.parse(readFileSync(0, "utf8"));
const weight = new Map(Object.keys(lists.classes).map((name, place) => [name, place]));
const compiled = new Map();
const sticky = (source) => {
  if (!compiled.has(source)) compiled.set(source, new RegExp(`(?:${source})(?![a-z0-9])`, "y"));
  return compiled.get(source);
};

// One sign for one sign: a place here is a code point there.
const small = (sign) => {
  const base = (straight[sign] ?? [...sign.normalize("NFD")][0]).toLowerCase();
  return base.length === 1 ? base : "\uFFFC";
};
const isCapital = (sign) => /\p{Lu}/u.test(sign);
const fold = (text) => [...text].map(small).join("");
const plain = (text) => [...text].map((sign) => (isCapital(sign) ? small(sign).toUpperCase() : small(sign))).join("");

const holds = (one, other) => one.start <= other.start && other.end <= one.end;
const meets = (one, other) => one.start < other.end && other.start < one.end;

function spans(text, names) {
  const folded = fold(text);
  const words = [...folded.matchAll(/[a-z0-9]+(?:'[a-z0-9]+)*/g)];
  const own = new Set(names.flatMap((name) => fold(name).match(/[a-z0-9]+(?:'[a-z0-9]+)*/g) ?? []));
  const aside = [];
  const asked = [];
  for (const word of words) {
    const start = word.index;
    const put = (name, from, end) => (name === "innocent" ? aside : asked).push({ name, start: from, end });
    if (own.has(word[0])) aside.push({ start, end: start + word[0].length });
    if (Object.hasOwn(lists.words, word[0])) put(lists.words[word[0]][0], start, start + word[0].length);
    for (const [name, , source] of Object.hasOwn(lists.patterns, word[0]) ? lists.patterns[word[0]] : []) {
      const pattern = sticky(source);
      pattern.lastIndex = start;
      const found = pattern.exec(folded);
      if (found) put(name, start + found[0].length - (found[1] ?? found[0]).length, start + found[0].length);
    }
  }
  for (const [searched, sources] of [[folded, lists.asides], [plain(text), lists.cased]])
    for (const source of sources)
      for (const found of searched.matchAll(new RegExp(source, "g")))
        aside.push({ start: found.index, end: found.index + found[0].length });
  const open = asked.filter((place) => !aside.some((one) => holds(one, place)));
  open.sort((a, b) => a.start - a.end - (b.start - b.end) || weight.get(a.name) - weight.get(b.name));
  const whole = [];
  for (const place of open) if (!whole.some((other) => holds(other, place))) whole.push(place);
  whole.sort((a, b) => weight.get(a.name) - weight.get(b.name));
  const kept = [];
  for (const place of whole) if (!kept.some((other) => meets(other, place))) kept.push(place);
  return kept.sort((a, b) => a.start - b.start).map(({ name, start, end }) => [start, end, name]);
}

process.stdout.write(JSON.stringify(texts.map(({ text, names }) => spans(text, names ?? []))));
