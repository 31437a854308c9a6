# English. A language is one file: copy this one to its BCP 47 code (`pt.ftl`), translate what stands after the equals signs, and see what
# is missing with `make language-check FILE=ui/languages/pt.ftl`. Words in braces come from the program.

# Buttons and words that many screens share.
continue = Continue
later = Later
start = Start
back = Back
cancel = Cancel
close = Close
try-again = Try again
show-passphrase = Show the passphrase
# {$done} of {$total} steps, shown above the heading of each step.
step = Step { $done } of { $total }

## The first run

first-language-title = Welcome to Tacit
first-language-question = Which language do you want to use?

first-what-title = An assistant that keeps things to itself
first-what-is = Tacit runs on this computer alone. Ask it something, or have a text explained, shortened or rewritten. What you write stays here: Tacit has no way to the internet.
first-what-not = Three things it cannot do
first-cannot-look-up = Look things up
first-cannot-look-up-body = It does not know today’s news or tomorrow’s weather. It knows only what its model once learned.
first-cannot-be-sure = Be sure
first-cannot-be-sure-body = It gets facts, numbers and doses wrong, invents sources, and sounds certain all the same. Check what matters.
first-cannot-act = Act or decide for you
first-cannot-act-body = It is not a doctor or a lawyer. It never sends, buys or deletes anything by itself.
first-starter = You begin with SmolLM2-135M: a small model that knows English only, for trying things. Expect simple answers, and mistakes.

first-key-title = What opens your chats
first-key-lead = Everything you write is kept encrypted on this computer. You decide where its key lives.
first-key-question = Where should the key live?
first-key-keyring = This computer’s keyring
first-key-recommended = Recommended
first-key-keyring-body = Opens without typing while you are logged in.
first-key-passphrase = A passphrase of my own
first-key-passphrase-body = You type it each time Tacit starts.
first-key-instead = Use a passphrase instead
first-key-working = Making your encrypted store. This takes a few seconds.
first-passphrase = Passphrase
first-passphrase-hint = Four or five words that do not belong together are hard to guess and easy to keep in mind.
first-passphrase-again = The same passphrase again
first-passphrase-empty = Type a passphrase first, or choose the keyring.
first-passphrase-differs = The two passphrases are not the same. Type the second one again.
first-passphrase-warning = Nobody can restore a passphrase, not even the people who make Tacit. If you forget it, only a recovery code still opens your chats.
first-strength = Strength of the passphrase
first-strength-none = Nothing typed yet
first-strength-0 = Far too easy to guess
first-strength-1 = Easy to guess
first-strength-2 = Could be guessed with patience
first-strength-3 = Hard to guess
first-strength-4 = Very hard to guess

first-recovery-title = A spare key, on paper
first-recovery-lead = A recovery code is twelve words. They open your chats if the keyring is lost or the passphrase forgotten, and nothing else can.
first-recovery-keep = Keep them where you keep your passport, away from this computer.
first-recovery-shown = Your twelve words
first-recovery-write = Write them down in this order, or print them. They are shown only now. Whoever has them can read your chats.
first-recovery-words = The recovery code
first-recovery-print = Print
first-recovery-typing = Now type them back
first-recovery-check = So that you know that what is on the paper is right.
first-recovery-type = Type the twelve words
first-recovery-type-hint = In order, with spaces between them.
first-recovery-wrong = These are not the twelve words of your code. Compare each one with your paper, and their order.
first-recovery-sheet-title = Tacit: recovery code
first-recovery-sheet = These twelve words, in this order, open your chats in Tacit. Whoever has them can read everything: keep this sheet away from the computer, and in a safe place.

first-ready-title = All is ready
first-ready-body = Write what you need as you would to a patient colleague. Nothing you write leaves this computer.

## The unlock screen

unlock-title = Tacit is locked
unlock-passphrase = Passphrase
unlock-open = Unlock
unlock-keyring = Unlock with the keyring
unlock-recovery = Use the recovery code
unlock-or = or
unlock-empty = Type your passphrase first.
unlock-working = Opening your chats.
unlock-can-locked = Unlock your keyring (signing in to your computer does so), then press “Unlock with the keyring”.
unlock-can-unavailable = Your chats are still here and nothing is lost. Start the keyring and try again, or use another key.
unlock-can-missing = Your chats are still here and nothing is lost. Use another key; then you can choose anew where the everyday key lives.
unlock-only-keyring = This vault opens with the keyring alone: no passphrase was chosen and no recovery code was made. If you have a backup of the keyring, put it back and try again.
unlock-recovery-title = Open with the recovery code
unlock-recovery-lead = Type the twelve words from your paper. Then choose what opens your chats from now on.
unlock-recovery-empty = Type the twelve words first.
unlock-stuck = Tacit cannot open

## Preferences

preferences-title = Preferences
preferences-language = Language
preferences-theme = Appearance
preferences-theme-system = As the system
preferences-theme-light = Light
preferences-theme-dark = Dark
preferences-large = Large and simple
preferences-large-body = Bigger text and buttons, stronger lines.
preferences-security = Security
preferences-ways = Your chats open with:
preferences-way-keyring = this computer’s keyring
preferences-way-passphrase = your passphrase
preferences-way-recovery = the recovery code
preferences-no-recovery = You have not confirmed a recovery code yet.
preferences-make-recovery = Make a recovery code
preferences-new-recovery = Make a new recovery code
preferences-lock = Lock now
preferences-recovery-replaces = A new code takes the place of the old one, which then opens nothing any more.
preferences-recovery-done = The recovery code is confirmed.

## What Tacit keeps to

trust-title = What Tacit keeps to
trust-lead = Eight promises. Those that can be tried on this computer are tried now.
trust-trying = Trying each promise. This takes a few seconds.
trust-summary-holds = { $tried ->
    [one] One thing was tried on this computer, and it holds.
   *[other] { $tried } things were tried on this computer, and all hold.
}
trust-summary-broken = { $broken ->
    [one] One of { $tried } things that were tried does not hold on this computer. Look below before you trust Tacit with secrets.
   *[other] { $broken } of { $tried } things that were tried do not hold on this computer. Look below before you trust Tacit with secrets.
}
trust-promise-1 = Nothing you write leaves this computer: Tacit has no way to the internet, and the system itself sees to that.
trust-promise-2 = Nothing you write can be read on the disk without your key.
trust-promise-3 = What you have sent is not lost, not even when the power fails.
trust-promise-4 = If somebody has changed what is stored, Tacit says so instead of showing it.
trust-promise-5 = It works with the cable pulled, on any date. Nothing in it expires.
trust-promise-6 = What it quotes really stands there, and what comes from the model’s memory alone says so.
trust-promise-7 = Your chats are yours: you can take them along in open formats.
trust-promise-8 = You decide. Tacit proposes; it never sends, deletes or starts anything by itself.
trust-holds = Holds
trust-broken = Does not hold
trust-not-here = Does not apply on this computer
trust-untried = No check on this computer: here you have only our word.
trust-evidence = { $checks ->
    [one] one check
   *[other] { $checks } checks
}
trust-limits = Other programs that run under your name on this computer can still see your screen and what you type. No program can promise otherwise.

## The state of the machine

machine-name = State of the machine
machine-trust = Trust
machine-starter = small, English, for trying things
machine-loading = Model: loading { $share }
machine-asleep = The model is asleep. It wakes with your next message.
machine-memory = { $memory } of memory
machine-no-recovery = You have no recovery code yet
machine-make-recovery = Make one

## About

about-title = Tacit
about-what = An assistant that keeps what it knows: it runs on your computer, and nothing you tell it leaves it.
about-version = Version
about-licence = Licence
about-licence-names = Apache-2.0 or MIT, as you prefer

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

## The list of chats
find-chats = Chats
find-skip = Go to the message box
find-show-sidebar = Show the chats
find-hide-sidebar = Hide the chats
list-new = New chat
list-new-private = New private chat
list-empty = No chats yet. What you write will be here.
list-pinned = Pinned
list-today = Today
list-yesterday = Yesterday
list-week = Last 7 days
list-month = Last 30 days
# A folder that can be opened and closed.
list-folder = { $name } ({ $count ->
    [one] 1 chat
   *[other] { $count } chats
})
list-private = Private
# The name of the button with three dots.
list-more = More for “{ $title }”
list-rename = Rename
list-title = Title of the chat
list-pin = Pin
list-unpin = Unpin
list-move = Move to folder
list-no-folder = No folder
list-new-folder = New folder …
list-folder-name = Name of the folder
list-folder-title = Move to a new folder
list-folder-make = Move
list-export-markdown = Export as Markdown
list-export-json = Export as JSON
list-exported = Exported to { $file }.
list-delete = Delete
list-deleted = “{ $title }” deleted.
list-deleted-spoken = “{ $title }” deleted. It can be undone.
list-restored = “{ $title }” is back.
list-undo = Undo
list-dismiss = Dismiss

## Search
find-search = Search
find-placeholder = Search all chats
find-clear = Clear the search
find-results = Search results
find-count = { $count ->
    [0] No results
    [one] 1 result
   *[other] { $count } results
}
find-nothing = Nothing was found. Try fewer or shorter words.
find-you = You
find-tacit = Tacit

## Documents: the library

docs-title = Documents
docs-empty-title = Let Tacit read your documents
docs-empty = Add contracts, letters, scans, mails or tables. Tacit reads them, finds what stands in them, and answers with the place where it stands. Nothing leaves this computer.
docs-empty-drop = You can also drop files and folders anywhere on this window.
docs-empty-collection = Nothing is in this collection yet. Put a document into it from the document’s own menu, or add new ones.
docs-add = Add
docs-add-files = Files …
docs-add-folder = A folder …
docs-add-text = A pasted text …
docs-add-watch = A folder to be watched …
docs-count = { $count ->
    [one] 1 document
   *[other] { $count } documents
}
docs-all = All documents
docs-collection = Collection
docs-collections = Collections
# {$name} is the name of a collection.
docs-collection-option = { $name } ({ $count })
docs-collection-new = New collection …
docs-collection-rename = Rename this collection …
docs-collection-delete = Delete this collection
docs-collection-name = Name of the collection
docs-collection-title = New collection
docs-collection-title-rename = Rename the collection
docs-collection-make = Make it
docs-collection-keep = Rename
docs-collection-made = The collection “{ $name }” is there.
docs-collection-deleted = The collection “{ $name }” is deleted. Its documents stay.
docs-pages = { $count ->
    [one] 1 page
   *[other] { $count } pages
}
docs-pages-ocr = { $count ->
    [one] 1 page read by OCR
   *[other] { $count } pages read by OCR
}
docs-pages-read = { NUMBER($read) } of { NUMBER($pages) } pages read
docs-added-on = added on { $date }
docs-waiting = Waiting
docs-reading = Being read
docs-failed = Could not be read
docs-by-words = Can be found by its words; by its meaning soon
docs-sealed = Original kept in the vault
docs-more = More for “{ $name }”
docs-show = Open
docs-show-name = Open “{ $name }”
docs-ask = Ask about it
docs-save = Save the original …
docs-saved = Saved as { $file }.
docs-retry = Try again
docs-remove = Remove …
docs-cancel = Stop reading and remove …
docs-remove-title = Remove “{ $name }”?
docs-remove-text = Its text, its vectors and its entries in the search index are erased from the vault, and the space they took is overwritten. This cannot be undone.
docs-remove-text-sealed = Its text, its vectors, its entries in the search index and the original kept in the vault are erased, and the space they took is overwritten. This cannot be undone. If the vault holds your only copy, save the original first.
docs-remove-origin = The file at { $path } is not touched.
docs-remove-now = Remove
docs-removed = “{ $name }” is removed.
docs-work-reading = Reading “{ $name }”
docs-work-preparing = Getting ready
docs-work-meaning = { $count ->
    [one] Making 1 passage findable by its meaning
   *[other] Making { $count } passages findable by their meaning
}
docs-work-left = { $documents ->
    [one] 1 document left
   *[other] { $documents } documents left
}
docs-work-pages = { $pages ->
    [one] 1 page left
   *[other] { $pages } pages left
}
# {$time} is `2 min` or the like.
docs-work-time = about { $time }
docs-work-waiting = Waiting until the answer is written
docs-work-paused = Paused
docs-work-name = Progress of reading
docs-pause = Pause
docs-resume = Go on
docs-watched = Watched folders
docs-watched-text = What is put into these folders is read. While Tacit is open it looks every minute.
docs-watch-looked = looked at { $when }
docs-watch-never = not looked at yet
docs-unwatch = Stop watching
docs-unwatch-name = Stop watching { $path }
docs-unwatched = { $path } is no longer watched. Its documents stay.
docs-watching = { $path } is watched from now on.
docs-adding-title = Add documents
docs-adding-title-text = Add a text
docs-adding-title-watch = Watch a folder
docs-adding-dropped-files = { $count ->
    [one] 1 file
   *[other] { $count } files
}
docs-adding-dropped-folders = { $count ->
    [one] 1 folder
   *[other] { $count } folders
}
# {$files} and {$folders} are the two messages above.
docs-adding-dropped-both = { $files } and { $folders }
docs-adding-none = No collection
docs-adding-keep = What should be kept?
docs-adding-seal = The originals, in the vault
docs-adding-seal-text = Encrypted. Their pages can be shown even when the files are elsewhere. Takes as much room as they do.
docs-adding-text-only = Only their text
docs-adding-text-only-text = Their pages can be shown as long as the files stay where they are.
docs-adding-own = Your own files stay as they are. Keep them.
docs-adding-own-recovery = Your own files stay as they are. Keep them: without a recovery code, a lost key would take what the vault holds with it.
docs-adding-now = Add
docs-adding-choose = Choose …
docs-paste-name = Name
docs-paste-name-hint = Under which you will look for it.
docs-paste-text = Text
docs-outcome-new = { $count ->
    [one] 1 document added.
   *[other] { $count } documents added.
}
docs-outcome-newer = { $count ->
    [one] 1 is a newer version of one that was there.
   *[other] { $count } are newer versions of ones that were there.
}
docs-outcome-known = { $count ->
    [one] 1 was there already.
   *[other] { $count } were there already.
}
docs-outcome-nothing = There was nothing to add.
docs-outcome-refused = { $count ->
    [one] 1 file was not taken:
   *[other] { $count } files were not taken:
}
docs-drop = Drop them here, and Tacit reads them
docs-drop-text = Nothing leaves this computer.
docs-kind-all = All kinds
docs-kind = Kind
docs-kind-mail = Mail
docs-kind-text = Text
docs-kind-image = Picture
docs-kind-unknown = Document

## Search in documents

docs-search = Search in documents
docs-days = Date of the file
docs-from-day = From
docs-until-day = to
docs-empty-narrowed = No document is of this kind and date.
docs-search-placeholder = Words, or "an exact phrase"
docs-hits = Passages found
docs-hits-count = { $count ->
    [0] No passage was found
    [one] 1 passage
   *[other] { $count } passages
}
docs-hits-nothing = No passage was found. Try other words; the meaning counts too.
docs-page = page { $label }
docs-ocr = read by OCR
docs-found-words = found by its words
docs-found-meaning = found by its meaning
docs-found-both = found by its words and its meaning
docs-hidden = not shown on the page
find-chats-group = In chats
find-documents-group = In documents
find-names-group = Documents of this name

## The document beside the chat

viewer-name = Document: { $name }
viewer-close = Close the document
viewer-show = Go to the document
viewer-pages = Pages
viewer-page = Page { $label }
viewer-page-of = Page { $at } of { $count }
viewer-go = Go to page
viewer-of = of { $count }
viewer-next = Next page
viewer-previous = Page before
viewer-bigger = Bigger
viewer-smaller = Smaller
viewer-zoom = { $percent }
viewer-find = Find in this document
viewer-find-next = Next place
viewer-find-previous = Place before
viewer-found = Page { $page }: place { $at } of { $count }
viewer-found-none = These words are not in this document.
viewer-loading = The page is being fetched.
viewer-ocr = Read by OCR from a picture: compare what matters with the page.
viewer-uncertain = Uncertain: OCR may have misread this
viewer-uncertain-spoken = (uncertain)
viewer-cited-spoken = (cited place)
viewer-no-picture = The original is not at hand, so the page cannot be drawn. This is its text.
viewer-undrawn = The page cannot be drawn. { $detail }
mark-title = Some of this text is not what the page shows
mark-invisible = Invisible: it is on the page without being drawn.
mark-same-colour = In the colour of its background: nobody can see it.
mark-tiny = Too small to be read.
mark-off-page = Outside the page.
mark-forged-font = The font draws other letters than the text says.
mark-bidi = Characters that turn the direction make it read otherwise than it is.
mark-unseen = Characters that cannot be seen are hidden in it.
mark-lookalike = Letters of another alphabet that look like these.
mark-other = The page does not show it as it reads.

## Answers from documents

evidence-title = { $count ->
    [one] 1 passage from your documents
   *[other] { $count } passages from your documents
}
evidence-unanswered = Your documents do not answer this
evidence-nearest = The nearest passages there are:
evidence-nothing = There is no passage near it either.
evidence-open = Open passage { $n } in { $name }, page { $label }
evidence-partly = only partly in the documents
evidence-unsupported = not in the documents
evidence-missing = Not in the passages
evidence-missing-spoken = (not in the passages)
evidence-verbatim = Word for word in passage { $n }
evidence-verbatim-spoken = (word for word)
evidence-not-found = not found in the documents
evidence-more = { $count ->
    [one] Show 1 more passage
   *[other] Show { $count } more passages
}
evidence-fewer = Show fewer passages
evidence-gone = This document was removed.
evidence-checked = Checked against your documents. A number opens its place.
evidence-paper = The page at this place: { $words }
evidence-how = How these passages were chosen
evidence-how-text = Tacit looked for the words of the question and for its meaning, put both lists together, and kept the best passages in this order. The model had no say in it.
evidence-how-words = place { NUMBER($words) } by its words
evidence-how-meaning = place { NUMBER($meaning) } by its meaning
evidence-how-both = place { NUMBER($words) } by its words, place { NUMBER($meaning) } by its meaning
evidence-how-heading = under “{ $heading }”
evidence-summary = { $full } of { $count } sentences are supported by your documents.
# In an exported chat.
export-checked = Sentence by sentence
export-supported = supported by your documents
export-passages = The passages, word for word
export-page = page

## What a chat is about

scope-nothing = nothing
scope-all = all documents
scope-about = About: { $what }
scope-collections-count = { $count ->
    [one] 1 collection
   *[other] { $count } collections
}
scope-some = { $collections }, { $documents }
scope-title = What is this chat about?
scope-nothing-choice = No documents
scope-nothing-text = Answers come from the model’s memory, unchecked.
scope-all-choice = All documents
scope-all-text = Answers rest on what stands in your documents, and show where.
scope-chosen-choice = Collections or documents that I choose
scope-collections = Collections
scope-documents = Documents
scope-filter = Find a document by its name
scope-rest = { $count ->
    [one] 1 more goes by this name. Type more of it.
   *[other] { $count } more go by this name. Type more of it.
}
scope-keep = Keep
scope-choose-one = Choose at least one collection or document.
scope-library-empty = There are no documents yet.
task-sample = Try it with a sample document
task-sample-question = How much is the rent, and when is it due?

## The command palette
palette-title = Commands
palette-field = Type a command or the title of a chat
palette-list = What can be done
palette-actions = Commands
palette-chats = Chats
palette-nothing = Nothing goes by that name.

## Keys
keys-title = Keyboard shortcuts
keys-lead = Everything can be done by keyboard. What has no keys of its own is found in the commands.
keys-none = in the commands
keys-ctrl = Ctrl
keys-shift = Shift
keys-alt = Alt
keys-escape = Esc
keys-delete = Del
keys-palette = Commands
keys-search = Search
keys-sidebar = Show or hide the chats
keys-preferences = Preferences
keys-shortcuts = Keyboard shortcuts
keys-lock = Lock now
keys-rename = Rename this chat
keys-delete-chat = Delete this chat
keys-undo = Bring the deleted chat back
keys-next = Next chat
keys-previous = Previous chat
keys-trust = What Tacit keeps to
keys-about = About Tacit

## What went wrong: the sentences that the window and the terminal share. { $detail } and the like come from the program and stay as they are.

error-not-found = There is no vault here yet. Create one first.
error-already-exists = A vault, or a part of one, is here already, and nothing was changed. Open it, or choose another name.
error-in-use = This vault is open in another window or program. Close it there first.
error-wrong-passphrase = That passphrase does not open this vault. Check the keyboard layout and capital letters, and try again.
error-wrong-recovery-code = That recovery code is a valid one, but it is not the code of this vault. Look for the code printed last.
error-bad-recovery-code = That recovery code has a mistake in it: it must be the twelve printed words, in their order. Check each word.
error-empty-passphrase = The passphrase is empty. Choose one with at least a few words.
error-no-such-slot = This vault cannot be opened with { $slot ->
        [keyring] the system's keyring
        [passphrase] a passphrase
       *[recovery] a recovery code
    }, because that was never set up for it. Use another way to open it.
error-no-such-slot-id = That way of opening the vault no longer exists. Look at the list again.
error-last-slot = This is the only way left to open the vault, so it stays. Add another one first.
error-not-for-creation = A new vault cannot be made with { $slot ->
        [keyring] the system's keyring
        [passphrase] a passphrase
       *[recovery] a recovery code
    } alone. Use the keyring or a passphrase.
error-keyring-unavailable = The system's keyring cannot be used ({ $detail }). Start or install one, such as GNOME Keyring or KWallet, or open the vault another way.
error-keyring-locked = The system's keyring is locked. Unlock it and try again, or open the vault another way.
error-keyring-item-missing = The system's keyring no longer holds the key of this vault. Open it with your passphrase or recovery code, then set the keyring up again.
error-keyring-changed = What the system's keyring holds for this vault is not its key. Open it with your passphrase or recovery code, then set the keyring up again.
error-newer-version = This vault was last used by a newer Tacit (version { $found } of its format, this one knows { $known }). Nothing was changed: update Tacit.
error-damaged = The vault is damaged: { $detail }. Do not write to it: make a copy of its folder, then put back a backup.
error-disk-full = The disk is full, so nothing was saved. Free some space and try again.
error-read-only = The vault's folder cannot be written. Check its permissions and whether the disk is read-only.
error-no-such-chat = That chat no longer exists. Look at the list again.
error-no-library = A private chat keeps no documents. Leave the private chat first.
error-no-such-collection = That collection no longer exists. Look at the list again.
error-collection-exists = There is a collection of that name already. Choose another name.
error-no-such-document = That document is no longer in the library. Look at the list again.
error-no-such-page = That page is not in the library, or not yet. Wait until the document is read.
error-no-such-passage = That passage is no longer in the library: its document was changed or removed. Search again.
error-not-reading = That document is read already, so nothing was added to it. Read it again from its beginning.
error-bad-passage = A passage does not lie within the text of its page, so the page was not kept. Read the document again.
error-no-such-folder = That folder is not watched any more. Look at the list again.
error-no-original = The original of that document is not kept here. Open it where it came from, or add it again.
error-not-the-original = The file changed while it was being kept, so it was not kept. Add it again.
error-no-such-model = The library does not use that search model. Choose it in the settings first.
error-bad-vector = The search model gave a vector that cannot be used. Choose another search model, or download it again.
# Written as an answer, in the language of the question.
notice-not_in_documents = Your documents do not answer this. The passages that come nearest are shown with this answer.

error-no-such-message = That message no longer exists. Open the chat again.
error-not-growing = That answer is already finished, so nothing was added to it. Ask again.
error-io = The system reported a fault ({ $detail }). Try again.
error-database = The store reported a fault ({ $detail }). Try again; if it stays, check the vault.

error-engine-missing = The program tacit-engine is missing beside this one or in ../lib/tacit; install Tacit again.
error-engine-not-started = The engine could not be started ({ $detail }); install Tacit again.
error-engine-version = The engine is of another version than this program; restart Tacit.
error-engine-died-loading = The engine stopped while it was loading the model ({ $detail }); the file may be damaged: fetch it again or choose another.
error-engine-died = The engine stopped in the middle of its work ({ $detail }); what was written so far is kept, ask again to go on.
error-model-file-unreadable = The model file cannot be opened ({ $detail }); check that it is there and can be read.
error-model-damaged = The model file is damaged, cut short, or of a kind that this version does not know; fetch it again or choose another ({ $detail }).
error-model-memory = The model needs { $needs } MB of memory and { $free } MB are free; close other programs or choose a smaller model.
error-model-context = The model cannot be set up for answering; choose another model ({ $detail }).
error-message-too-long = The message is too long for this model: it has { $bound ->
        [least] at least { $tokens }
       *[exact] { $tokens }
    } tokens and { $room } fit; shorten it, or use `tacit summarize` for a long text.
error-schema-invalid = The JSON schema cannot be used ({ $detail }).
error-model-only-embeds = This model only finds texts and cannot answer; choose another one.
error-model-only-answers = This model answers and cannot be used to find texts; choose another one.
error-engine-failed = The model could not go on ({ $detail }); ask again.

error-no-model = There is no model on this computer yet: put a .gguf file into { $place }, or name one with --model FILE.gguf.
error-no-model-nowhere = There is no model on this computer yet: put a .gguf file into a folder named in TACIT_MODELS, or name one with --model FILE.gguf.
error-model-not-found = There is no file { $file }: check the name, or leave --model out to use a model that is installed.
error-model-is-a-folder = { $file } is a folder: name one .gguf file inside it.
error-model-not-a-file = { $file } is not a regular file: copy the model to a .gguf file on disk and name that.
error-model-not-gguf = { $file } is not a GGUF model file: choose a file that ends in .gguf, or fetch the model again.
error-model-empty = { $file } is empty: fetch the model again.
error-model-cut = { $file } is cut short after { $bytes } bytes: fetch the model again.
error-model-unreadable = { $file } cannot be read ({ $detail }): check its permissions, or choose another model.
error-model-check-stopped = Checking { $file } was stopped before its end: start it again when you want to know.
error-model-catalogue = The list of models that came with Tacit is damaged ({ $detail }): install Tacit again.

error-needs-passphrase = This vault opens with a passphrase and there is nobody to ask: run it in a terminal, or give --passphrase-file FILE.
error-needs-recovery-code = There is nobody to ask for the recovery code: run it in a terminal, or give --code-file FILE.
error-no-keyring = There is no vault yet and no system keyring to keep its key ({ $detail }): run `tacit chat` in a terminal and choose a passphrase, or give --passphrase-file FILE.
error-message-empty = There is nothing to answer: the message is empty.
error-not-text = That is not text but binary data: give plain text (UTF-8, or UTF-16 with its mark).
error-too-large = That is { $size } MB of text and at most { $most } MB are taken: give it in parts.
error-nothing-to-repeat = There is no answer in this chat to write again: ask something first.
error-nothing-to-continue = The newest answer of this chat is complete: ask something to go on.
error-already-answering = An answer is being written in this chat: wait for its end, or stop it.
error-locked = Tacit is locked: unlock it and try again.
error-stopped = Stopped, as you asked.
error-no-home = There is no place for your data: set TACIT_HOME to a folder of yours.
error-no-random = The system gives no random numbers: restart the computer and try again.
error-internal = Tacit made a mistake ({ $detail }): please report it.
error-document-empty = The document is empty: there is nothing in it to find.
error-not-a-file = That is not a file: name a document, or a folder with documents.
error-document-not-read = The file could not be read ({ $detail }). See that it is still there and that you may read it.
error-original-gone = The original is not where it was, and only its text is kept here. Put it back, or add it again.
error-original-changed = The original has changed since it was added. Add it again to have its newest version.
error-reader-missing = The program tacit-reader is missing beside this one or in ../lib/tacit; install Tacit again.
error-reader-not-started = The reader could not be started ({ $detail }); install Tacit again.
error-reader-version = The reader is of another version than this program; restart Tacit.
error-reader-source = The document could not be read from where it lies ({ $detail }); see that it is still there, and try again.
error-reader-too-slow = The document takes too long to read (over { $seconds } s for one step); split it or save it anew, and add that.
error-reader-crashed = The reader stopped over this document ({ $detail }); open it with its own program, save it anew and add that.
error-unread-empty = The document is empty.
error-unread-unknown = Documents of this kind cannot be read yet; save it as PDF or text and add that.
error-unread-protected = The document is protected by a password; open it with its own program, save a copy without password and add that.
error-unread-damaged = The document is damaged or cut short; open it with its own program and save it again.
error-unread-too-large = The document is larger than Tacit can read; split it and add the parts.
error-unread-too-slow = The text in this picture could not be read in the time that a page may take; split the picture and add the parts.
error-unread-no-page = The document has no such page.
error-file-not-written = The file could not be written ({ $detail }). Choose another place.

## What the person should know beside an answer.

notice-context_full = This chat has outgrown what the model can hold: its { $messages } oldest messages are no longer read. They stay in the history.
notice-still_reading = { $documents ->
    [one] One document is not read yet: what it says is not in this answer.
   *[other] { $documents } documents are not read yet: what they say is not in this answer.
}
notice-language = This model was made for { $languages } and not for { $language }: its answer may be poor.
notice-summary_pages = Pages read: { $read } of { $pages }; without text: { $blank }; read from pictures: { $ocr }.
notice-summary_nothing_left = Every section has a point above.
notice-summary_left = Without a point above: { $names }.
notice-summary_left_more = Without a point above: { $names }, and { $more } more.
notice-summary_all_facts = Facts that rules found (dates, sums, quantities, people, organisations): { $mentioned } mentioned, none left out.
notice-summary_facts = Facts that rules found (dates, sums, quantities, people, organisations): { $mentioned } mentioned, { $left } left out: { $names }.
notice-summary_facts_more = Facts that rules found (dates, sums, quantities, people, organisations): { $mentioned } mentioned, { $left } left out: { $names }, and { $more } more.
notice-summary_withheld = Sentences of the model that the document does not bear out, and that are not shown: { $withheld }.

## The window's menu.

menu-chat = Chat
menu-new-chat = New chat
menu-new-private-chat = New private chat
menu-documents = Documents
menu-search = Search
menu-export = Export this chat as Markdown…
menu-preferences = Preferences
menu-lock = Lock now
menu-quit = Quit
menu-help = Help
menu-shortcuts = Keyboard shortcuts
menu-trust = What Tacit keeps to
menu-about = About Tacit
