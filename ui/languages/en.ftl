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
error-file-not-written = The file could not be written ({ $detail }). Choose another place.

## What the person should know beside an answer.

notice-context_full = This chat has outgrown what the model can hold: its { $messages } oldest messages are no longer read. They stay in the history.
notice-language = This model was made for { $languages } and not for { $language }: its answer may be poor.

## The window's menu.

menu-chat = Chat
menu-new-chat = New chat
menu-new-private-chat = New private chat
menu-search = Search
menu-export = Export this chat as Markdown…
menu-preferences = Preferences
menu-lock = Lock now
menu-quit = Quit
menu-help = Help
menu-shortcuts = Keyboard shortcuts
menu-trust = What Tacit keeps to
menu-about = About Tacit
