import { describe, expect, it } from "vitest";
import { parts } from "./unconfirmed";

const marked = (text: string) => parts(text).flatMap((part) => (part.unconfirmed ? [part.text] : []));

describe("unconfirmed", () => {
  it.each([
    ["Take 5 mg twice.", ["5 mg"]],
    ["On 3 May 2024 it rained.", ["3 May 2024"]],
    ["Le 3 mai 2024, il a plu.", ["3 mai 2024"]],
    ["On May 3, 2024 it rained.", ["May 3, 2024"]],
    ["In May 2024.", ["May 2024"]],
    ["It costs $4.50, 3,20 € or £1,000.", ["$4.50", "3,20 €", "£1,000"]],
    ["1 000 000 people, 65 % of them.", ["1 000 000", "65 %"]],
    ["At 10:30 on 2024-05-03.", ["10:30", "2024-05-03"]],
    ["The 3rd, 10mg, the 1950s.", ["3rd", "10mg", "1950s"]],
    ["وفيها ٣ أرقام و१२ प्रतिशत.", ["٣", "१२"]],
    ["第3章は5個", ["3", "5"]],
    ["-5 °C and ±2 km/h.", ["-5 °C", "±2 km/h"]],
    ["5 mg/kg a day.", ["5 mg/kg"]],
    ["Two of them, H2O, v2, SmolLM2.", []],
    ["No numbers here.", []],
    ["", []],
  ])("%s", (text, expected) => {
    expect(marked(text)).toEqual(expected);
  });

  it("leaves nothing out and changes nothing", () => {
    const text = "a 1 b 2,5 % c\n3 May 2024";
    expect(
      parts(text)
        .map((part) => part.text)
        .join(""),
    ).toBe(text);
  });

  it.each(["1", "1 ", "1.", "$1", "1-", "May ", "1 a ", "May 1, ", "$ "])(
    "takes linear time over many of %j",
    (piece) => {
      const time = (count: number) => {
        const text = piece.repeat(count);
        const begun = performance.now();
        parts(text);
        return performance.now() - begun;
      };
      time(1000);
      const [small, large] = [time(20_000), time(200_000)];
      expect(large).toBeLessThan(Math.max(200, small * 40));
    },
  );
});
