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
