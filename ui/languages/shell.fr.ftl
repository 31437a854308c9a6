# Buttons and words that many screens share.
continue = Continuer
later = Plus tard
start = Commencer
back = Retour
cancel = Annuler
close = Fermer
try-again = Réessayer
show-passphrase = Afficher la phrase secrète
step = Étape { $done } sur { $total }
