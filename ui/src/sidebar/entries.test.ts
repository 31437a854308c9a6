import { expect, test } from "vitest";
import type { ChatRow } from "../api/types";
import { entriesOf, periodOf } from "./entries";

const now = new Date(2026, 10, 24, 9, 30);
const on = (month: number, day: number, hour = 12) => new Date(2026, month - 1, day, hour).getTime();
const row = (id: number, updated_at: number, more: Partial<ChatRow> = {}): ChatRow => ({
  id,
  title: `Chat ${id}`,
  created_at: 0,
  updated_at,
  pinned: false,
  folder: null,
  private: false,
  messages: 2,
  ...more,
});

test("a day begins at midnight, wherever one is", () => {
  expect(periodOf(on(11, 24, 0), now)).toBe("today");
  expect(periodOf(on(11, 23, 23), now)).toBe("yesterday");
  expect(periodOf(on(11, 22), now)).toBe("week");
  expect(periodOf(on(11, 17, 0), now)).toBe("week");
  expect(periodOf(on(11, 16), now)).toBe("month");
  expect(periodOf(on(10, 1), now)).toEqual(new Date(2026, 9, 1));
});

test("pinned ones come first, then folders, then the rest by date", () => {
  const rows = [
    row(1, on(11, 24)),
    row(2, on(11, 24), { folder: "Boat" }),
    row(3, on(11, 23)),
    row(4, on(3, 5), { pinned: true, folder: "Boat" }),
    row(5, on(3, 4)),
    row(6, on(3, 3)),
  ];
  const keys = entriesOf(rows, ["Boat"], new Set(), now).map((each) => each.key);
  const march = new Date(2026, 2, 1).getTime();
  expect(keys).toEqual([
    "heading-pinned",
    "chat-4",
    "folder-Boat",
    "chat-2",
    "heading-today",
    "chat-1",
    "heading-yesterday",
    "chat-3",
    `heading-${march}`,
    "chat-5",
    "chat-6",
  ]);
  expect(entriesOf(rows, ["Boat"], new Set(["Boat"]), now).map((each) => each.key)).not.toContain("chat-2");
});
