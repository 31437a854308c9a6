## La liste des discussions
find-chats = Discussions
find-skip = Aller au champ de message
find-show-sidebar = Afficher les discussions
find-hide-sidebar = Masquer les discussions
list-new = Nouvelle discussion
list-new-private = Nouvelle discussion privée
list-empty = Aucune discussion pour l’instant. Vous retrouverez ici ce que vous écrirez.
list-pinned = Épinglées
list-today = Aujourd’hui
list-yesterday = Hier
list-week = 7 derniers jours
list-month = 30 derniers jours
list-folder = { $name } ({ $count ->
    [one] { $count } discussion
    [many] { $count } de discussions
   *[other] { $count } discussions
})
list-private = Privée
list-more = Autres actions pour « { $title } »
list-rename = Renommer
list-title = Titre de la discussion
list-pin = Épingler
list-unpin = Désépingler
list-move = Déplacer vers un dossier
list-no-folder = Aucun dossier
list-new-folder = Nouveau dossier…
list-folder-name = Nom du dossier
list-folder-title = Déplacer vers un nouveau dossier
list-folder-make = Déplacer
list-export-markdown = Exporter en Markdown
list-export-json = Exporter en JSON
list-exported = Exporté dans { $file }.
list-delete = Supprimer
list-deleted = « { $title } » a été supprimée.
list-deleted-spoken = « { $title } » a été supprimée. Vous pouvez annuler.
list-restored = « { $title } » est rétablie.
list-undo = Annuler
list-dismiss = Fermer

## La recherche
find-search = Rechercher
find-placeholder = Rechercher dans les discussions
find-clear = Effacer la recherche
find-results = Résultats de la recherche
find-count = { $count ->
    [0] Aucun résultat
    [one] { $count } résultat
    [many] { $count } de résultats
   *[other] { $count } résultats
}
find-nothing = Rien n’a été trouvé. Essayez avec moins de mots, ou des mots plus courts.
find-you = Vous
find-tacit = Tacit

## La palette de commandes
palette-title = Commandes
palette-field = Saisissez une commande ou le titre d’une discussion
palette-list = Ce que vous pouvez faire
palette-actions = Commandes
palette-chats = Discussions
palette-nothing = Rien ne porte ce nom.

## Les touches
keys-title = Raccourcis clavier
keys-lead = Tout peut se faire au clavier. Ce qui n’a pas de raccourci se trouve dans les commandes.
keys-none = dans les commandes
keys-ctrl = Ctrl
keys-shift = Maj
keys-alt = Alt
keys-escape = Échap
keys-delete = Suppr
keys-palette = Commandes
keys-search = Rechercher
keys-sidebar = Afficher ou masquer les discussions
keys-preferences = Préférences
keys-shortcuts = Raccourcis clavier
keys-lock = Verrouiller maintenant
keys-rename = Renommer cette discussion
keys-delete-chat = Supprimer cette discussion
keys-undo = Rétablir la discussion supprimée
keys-next = Discussion suivante
keys-previous = Discussion précédente
keys-trust = Les engagements de Tacit
keys-about = À propos de Tacit
