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
