// An answer with everything in it, and chats as long as one asks for.
import type { ChatView } from "../../src/api/types";
import type { Fake } from "../fake";

export const rich = `## How to tie a bowline

It takes about **3 minutes** to learn, and holds up to 65 % of the rope's strength ([source](https://example.org/knots?id=7)). Ashley wrote of it on 3 May 1944.

1. Make a small loop.
2. Pass the end *up* through it.
   - not too tight
   - leave 10 cm
3. Pull.

- [x] rope
- [ ] patience

| Knot | Strength | Price |
| --- | ---: | :-: |
| Bowline | 65 % | $4.50 |
| Figure eight | 75 % | 3,20 € |

\`\`\`python
def knot(rope: str, turns: int = 2) -> str:
    """Ties it."""
    return rope * turns  # done
\`\`\`

The force is $F = \\frac{m v^2}{r}$, and

$$
\\int_0^1 x^2\\,dx = \\frac{1}{3}
$$

> هذه فقرة بالعربية، وفيها ٣ أرقام.

![a cat](https://evil.example/cat.png) <b>not bold</b> [ref][1]

[1]: https://example.org/a-reference

`;

/** An answer about the lease in fake-library.ts. */
export const cited =
  "The tenant must give “three months' notice” in **writing** to the landlord. The rent is 950 euros a month, not 940 euros. " +
  "The landlord has a *dog*.";

/** The same text, so many times, as a model gives it. */
export function richTokens(times: number): string[] {
  return rich.repeat(times).match(/\s*\S+|\s+$/g) ?? [];
}

/** Adds a chat of so many messages, some of them rich. */
export function longChat(fake: Fake, count: number): ChatView {
  const texts = Array.from({ length: count }, (_, at) => {
    if (at % 2 === 0) return `Question ${at}?`;
    return at % 5 === 0 || at > count - 3 ? rich : `Answer ${at}: make a loop, then pass the end through it.`;
  });
  return fake.chat("A long chat", texts);
}
