## The chat: its frame
chat-region = Chat
chat-new = New chat
chat-new-private = New private chat
chat-private = Private: never stored
chat-export = Export
chat-export-markdown = As a text (Markdown)
chat-export-json = As data (JSON)
# {$file} is the name of the file that was written.
chat-exported = Exported to { $file }.
chat-settings = Settings of this chat
# The name of the meter: how much of what the model can read at once is filled.
chat-meter-name = Context window
chat-meter = { NUMBER($used) } of { NUMBER($window) } tokens that the model can read at once are used ({ $percent } %).
chat-meter-short = { $percent } %

## Where a chat begins
chat-welcome = What can I do for you?
chat-welcome-text = Ask anything, or begin with one of these. Nothing that you write leaves this computer.
chat-welcome-private = A private chat
chat-welcome-private-text = Nothing of it is stored. It is gone when Tacit is locked or closed.
task-summarise = Summarise a text
task-summarise-prompt = Summarise the following text in a few clear sentences. Keep the names and figures as they are.
task-letter = Explain this letter
task-letter-prompt = Explain this letter to me in plain words: who wants what from me, by when, and what happens if I do nothing?
task-simpler = Rewrite more simply
task-simpler-prompt = Rewrite the following text in simple words and short sentences, without leaving anything out.
task-reply = Draft a reply
task-reply-prompt = Draft a short, friendly reply to the following message.
task-checklist = Make a checklist
task-checklist-prompt = Make a checklist, in the order in which things must be done, for the following plan.
task-practise = Practise with hints first
task-practise-prompt = Practise with me. Ask me one question at a time. When I am wrong, give me a hint first, and the solution only when I ask for it. The topic:
# These stand in square brackets where the person pastes their own text.
task-place-text = [Paste the text here]
task-place-letter = [Paste the letter here]
task-place-message = [Paste the message here]
task-place-plan = [Describe the plan here]
task-place-topic = [Name the topic here]

## The composer
chat-message = Message
chat-placeholder = Write a message
chat-placeholder-private = Write a message that is never stored
chat-send = Send
chat-stop = Stop
chat-starter = The starter model is small, knows English only, and is meant for trying things.
chat-ask-again = Ask again

## Messages
chat-messages = Messages
chat-you = You
chat-tacit = Tacit
chat-newest = To the newest
chat-unchecked = From the model’s memory, unchecked
chat-unconfirmed = Unconfirmed: the model may have made this up
# Spoken after a number, a date, a sum or a dose that nothing confirms.
chat-unconfirmed-spoken = (unconfirmed)
chat-answer-complete = Answer complete.
chat-waiting = Thinking …
chat-loading = The model is being loaded: { $percent } %
chat-reading = Reading …
chat-writing = Writing …
chat-stopped = Stopped here
chat-interrupted = Interrupted here
chat-cut = Cut here: the longest answer was reached
chat-dropped = { $count ->
    [one] The message above no longer fits into the model’s window and is not read any more
   *[other] The { $count } messages above no longer fit into the model’s window and are not read any more
}
chat-tools-question = What to do with this message
chat-tools-answer = What to do with this answer
chat-copy = Copy
chat-copied = Copied.
chat-edit = Edit
chat-edit-name = Your message in other words
chat-regenerate = Write the answer again
chat-go-on = Continue the answer
chat-delete = Delete
chat-delete-title = { $count ->
    [one] Delete this message?
   *[other] Delete { $count } messages?
}
chat-delete-text = The message is deleted with everything that follows it, on all its branches. This cannot be undone.
chat-delete-now = { $count ->
    [one] Delete the message
   *[other] Delete { $count } messages
}
chat-branch = { $place } of { $count }
chat-branch-before = Version before
chat-branch-after = Next version

## How an answer was made
chat-made = How this was made
chat-made-model = Model
chat-made-fingerprint = Its fingerprint (SHA-256)
chat-made-engine = Engine
chat-made-temperature = Imagination (temperature)
chat-made-seed = Seed
chat-made-read = Read
chat-made-written = Written
chat-made-first = Until the first word
chat-made-speed = Speed
chat-made-tokens-cached = { NUMBER($read) } tokens, { NUMBER($cached) } of them from memory
chat-made-tokens = { $count ->
    [one] 1 token
   *[other] { $count } tokens
}
chat-made-per-second = { $speed } tokens a second
chat-made-unknown = not known

## What stands in answers
chat-image = [image: { $alt }]
chat-copy-address = Copy the address
chat-code = Code: { $language }
chat-table = Table
chat-task-done = Done:
chat-task-open = To do:

## Settings of a chat
chat-settings-text = They hold for the answers that come.
chat-settings-keep = Keep
chat-settings-reset = Everything is as Tacit chooses.
chat-as-tacit-chooses = As Tacit chooses
# {$value} is a number.
chat-chosen-by-tacit = { $value }, as Tacit chooses
chat-chosen = { $value }
chat-instructions = Instructions for this chat
chat-instructions-term = system prompt
chat-instructions-example = For example: answer briefly, and explain every term of the trade.
chat-imagination = Imagination
chat-imagination-term = temperature
chat-imagination-hint = Low: sober, and much the same each time. High: surprising, and wrong more often.
chat-range = Range of words
chat-range-term = top-p
chat-range-hint = Low: only the likeliest words. High: rare ones too.
chat-longest = Longest answer
chat-longest-term = max tokens
chat-longest-hint = In tokens; a hundred are about 75 English words.

## What can be done by keyboard
chat-action-write = Write a message
chat-action-stop = Stop the answer
chat-action-copy = Copy the last answer
chat-action-edit = Edit the last message
chat-action-export-markdown = Export this chat as Markdown
chat-action-export-json = Export this chat as JSON
