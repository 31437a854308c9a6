/**
 * Mathematics within a line: `$x$`, `$$x$$` and `\(x\)`. A dollar is a currency far more often than a formula, so Pandoc's rules hold: no space
 * after the first dollar or before the last, no digit after the last; and what is longer than a formula is none, which also keeps a thousand lone
 * dollars from being read a thousand times to the end.
 */
import type { Code, Construct, Effects, Extension, State, TokenizeContext } from "micromark-util-types";

declare module "micromark-util-types" {
  interface TokenTypeMap {
    mathText: "mathText";
    mathTextData: "mathTextData";
    mathTextSequence: "mathTextSequence";
  }
}

const longest = 1000;
const dollar = 36;
const backslash = 92;

const isSpace = (code: Code) => code === null || code === 32 || code < 0;
const isDigit = (code: Code) => code !== null && code >= 48 && code <= 57;

function tokenizeDollars(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
  const before = this.previous;
  let opening = 0;
  let closing = 0;
  let length = 0;
  let last: Code = null;

  const open: State = (code) => {
    if (code === dollar && opening < 3) {
      effects.consume(code);
      opening++;
      return open;
    }
    if (opening > 2 || (opening === 1 && (isSpace(code) || isDigit(before)))) return nok(code);
    effects.exit("mathTextSequence");
    return between(code);
  };
  const between: State = (code) => {
    if (code === null || length > longest) return nok(code);
    if (code < -2) {
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
      last = 32;
      return between;
    }
    if (code === dollar) {
      closing = 0;
      effects.enter("mathTextSequence");
      return close(code);
    }
    effects.enter("mathTextData");
    return data(code);
  };
  const data: State = (code) => {
    if (code === null || code < -2 || code === dollar || length > longest) {
      effects.exit("mathTextData");
      return between(code);
    }
    effects.consume(code);
    last = code;
    length++;
    return data;
  };
  const close: State = (code) => {
    if (code === dollar && closing < opening) {
      effects.consume(code);
      closing++;
      return close;
    }
    const fits = closing === opening && code !== dollar;
    if (!fits || (opening === 1 && (isSpace(last) || isDigit(code)))) return nok(code);
    effects.exit("mathTextSequence");
    effects.exit("mathText");
    return ok(code);
  };
  return (code) => {
    effects.enter("mathText");
    effects.enter("mathTextSequence");
    return open(code);
  };
}

function tokenizeParentheses(effects: Effects, ok: State, nok: State): State {
  let length = 0;
  const open: State = (code) => {
    if (code !== 40) return nok(code);
    effects.consume(code);
    effects.exit("mathTextSequence");
    return between;
  };
  const between: State = (code) => {
    if (code === null || length > longest) return nok(code);
    if (code < -2) {
      effects.enter("lineEnding");
      effects.consume(code);
      effects.exit("lineEnding");
      return between;
    }
    if (code === backslash) return effects.check({ tokenize: tokenizeEnd }, end, begin)(code);
    return begin(code);
  };
  const begin: State = (code) => {
    effects.enter("mathTextData");
    effects.consume(code);
    length++;
    return data;
  };
  const data: State = (code) => {
    if (code === null || code < -2 || code === backslash || length > longest) {
      effects.exit("mathTextData");
      return between(code);
    }
    effects.consume(code);
    length++;
    return data;
  };
  const end: State = (code) => {
    effects.enter("mathTextSequence");
    effects.consume(code);
    return last;
  };
  const last: State = (code) => {
    effects.consume(code);
    effects.exit("mathTextSequence");
    effects.exit("mathText");
    return ok;
  };
  return (code) => {
    effects.enter("mathText");
    effects.enter("mathTextSequence");
    effects.consume(code);
    return open;
  };
}

/** Whether `\)` stands here. */
function tokenizeEnd(effects: Effects, ok: State, nok: State): State {
  const second: State = (code) => {
    if (code !== 41) return nok(code);
    effects.consume(code);
    effects.exit("mathTextSequence");
    return ok;
  };
  return (code) => {
    effects.enter("mathTextSequence");
    effects.consume(code);
    return second;
  };
}

const dollars: Construct = { name: "mathText", tokenize: tokenizeDollars, previous: (code) => code !== dollar };
const parentheses: Construct = { name: "mathText", tokenize: tokenizeParentheses };

/** For micromark; `mathFromMarkdown` of mdast-util-math understands what it makes. */
export const inlineMath: Extension = { text: { [dollar]: dollars, [backslash]: parentheses } };
