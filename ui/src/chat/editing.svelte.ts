/** Which question is being put in other words. */
class Editing {
  message = $state<number | null>(null);
}

export const editing = new Editing();
