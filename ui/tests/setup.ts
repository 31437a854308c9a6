import "@testing-library/jest-dom/vitest";
import { configure } from "@testing-library/svelte";

// What is read later is compiled when it is first read, which a busy machine takes seconds for.
configure({ asyncUtilTimeout: 30_000 });
