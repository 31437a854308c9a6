## La conversation : son cadre
chat-region = Conversation
chat-new = Nouvelle conversation
chat-new-private = Nouvelle conversation privée
chat-private = Privée : jamais enregistrée
chat-export = Exporter
chat-export-markdown = En texte (Markdown)
chat-export-json = En données (JSON)
# {$file} est le nom du fichier écrit.
chat-exported = Exportée dans { $file }.
chat-settings = Réglages de cette conversation
chat-meter-name = Fenêtre de contexte
chat-meter = { NUMBER($used) } des { NUMBER($window) } tokens que le modèle peut lire à la fois sont utilisés ({ $percent } %).
chat-meter-short = { $percent } %

## Le début d’une conversation
chat-welcome = Que puis-je faire pour vous ?
chat-welcome-text = Posez votre question, ou commencez par l’une de ces tâches. Rien de ce que vous écrivez ne quitte cet ordinateur.
chat-welcome-private = Une conversation privée
chat-welcome-private-text = Rien n’en est enregistré. Elle disparaît quand Tacit est verrouillé ou fermé.
task-summarise = Résumer un texte
task-summarise-prompt = Résumez le texte suivant en quelques phrases claires. Gardez les noms et les chiffres tels quels.
task-letter = Expliquer ce courrier
task-letter-prompt = Expliquez-moi ce courrier avec des mots simples : qui attend quoi de moi, pour quand, et que se passe-t-il si je ne fais rien ?
task-simpler = Réécrire plus simplement
task-simpler-prompt = Réécrivez le texte suivant avec des mots simples et des phrases courtes, sans rien omettre.
task-reply = Préparer une réponse
task-reply-prompt = Rédigez une réponse courte et aimable au message suivant.
task-checklist = Faire une liste de contrôle
task-checklist-prompt = Faites une liste de contrôle, dans l’ordre où les choses doivent être faites, pour le projet suivant.
task-practise = S’exercer, avec des indices d’abord
task-practise-prompt = Faites-moi travailler. Posez-moi une question à la fois. Quand je me trompe, donnez-moi d’abord un indice, et la solution seulement si je la demande. Le sujet :
# Entre crochets, à l’endroit où la personne colle son propre texte.
task-place-text = [Collez le texte ici]
task-place-letter = [Collez le courrier ici]
task-place-message = [Collez le message ici]
task-place-plan = [Décrivez le projet ici]
task-place-topic = [Indiquez le sujet ici]

## La zone de saisie
chat-message = Message
chat-placeholder = Écrivez un message
chat-placeholder-private = Écrivez un message qui ne sera jamais enregistré
chat-send = Envoyer
chat-stop = Arrêter
chat-starter = Le modèle de départ est petit, ne connaît que l’anglais et sert à faire des essais.
chat-ask-again = Demander à nouveau

## Les messages
chat-messages = Messages
chat-you = Vous
chat-tacit = Tacit
chat-newest = Au plus récent
chat-unchecked = De la mémoire du modèle, non vérifié
chat-unconfirmed = Non confirmé : le modèle a pu l’inventer
chat-unconfirmed-spoken = (non confirmé)
chat-answer-complete = Réponse terminée.
chat-waiting = Réflexion…
chat-loading = Chargement du modèle : { $percent } %
chat-reading = Lecture…
chat-writing = Rédaction…
chat-stopped = Arrêtée ici
chat-interrupted = Interrompue ici
chat-cut = Coupée ici : la longueur maximale est atteinte
chat-dropped = { $count ->
    [one] Le message ci-dessus ne tient plus dans la fenêtre du modèle et n’est plus lu
   *[other] Les { $count } messages ci-dessus ne tiennent plus dans la fenêtre du modèle et ne sont plus lus
}
chat-tools-question = Que faire de ce message
chat-tools-answer = Que faire de cette réponse
chat-copy = Copier
chat-copied = Copié.
chat-edit = Modifier
chat-edit-name = Votre message, autrement dit
chat-regenerate = Réécrire la réponse
chat-go-on = Poursuivre la réponse
chat-delete = Supprimer
chat-delete-title = { $count ->
    [one] Supprimer ce message ?
   *[other] Supprimer { $count } messages ?
}
chat-delete-text = Le message est supprimé avec tout ce qui le suit, dans toutes ses versions. Cette action est définitive.
chat-delete-now = { $count ->
    [one] Supprimer le message
   *[other] Supprimer { $count } messages
}
chat-branch = { $place } sur { $count }
chat-branch-before = Version précédente
chat-branch-after = Version suivante

## Comment une réponse a été faite
chat-made = Comment cette réponse a été faite
chat-made-model = Modèle
chat-made-fingerprint = Son empreinte (SHA-256)
chat-made-engine = Moteur
chat-made-temperature = Imagination (température)
chat-made-seed = Graine
chat-made-read = Lu
chat-made-written = Écrit
chat-made-first = Jusqu’au premier mot
chat-made-speed = Vitesse
chat-made-tokens-cached = { NUMBER($read) } tokens, dont { NUMBER($cached) } déjà en mémoire
chat-made-tokens = { $count ->
    [one] { $count } token
   *[other] { $count } tokens
}
chat-made-per-second = { $speed } tokens par seconde
chat-made-unknown = inconnu

## Ce qui figure dans les réponses
chat-image = [image : { $alt }]
chat-copy-address = Copier l’adresse
chat-code = Code : { $language }
chat-table = Tableau
chat-task-done = Fait :
chat-task-open = À faire :

## Les réglages d’une conversation
chat-settings-text = Ils s’appliquent aux réponses à venir.
chat-settings-keep = Garder
chat-settings-reset = Tout est au choix de Tacit.
chat-as-tacit-chooses = Au choix de Tacit
chat-chosen-by-tacit = { $value }, au choix de Tacit
chat-chosen = { $value }
chat-instructions = Consignes pour cette conversation
chat-instructions-term = prompt système
chat-instructions-example = Par exemple : répondez brièvement et expliquez chaque terme technique.
chat-imagination = Imagination
chat-imagination-term = température
chat-imagination-hint = Basse : sobre, et presque toujours pareille. Haute : surprenante, et plus souvent fausse.
chat-range = Étendue du vocabulaire
chat-range-term = top-p
chat-range-hint = Basse : seulement les mots les plus probables. Haute : aussi des mots rares.
chat-longest = Réponse la plus longue
chat-longest-term = tokens au maximum
chat-longest-hint = En tokens ; cent tokens font environ 60 mots français.

## Ce qui peut se faire au clavier
chat-action-write = Écrire un message
chat-action-stop = Arrêter la réponse
chat-action-copy = Copier la dernière réponse
chat-action-edit = Modifier le dernier message
chat-action-export-markdown = Exporter cette conversation en Markdown
chat-action-export-json = Exporter cette conversation en JSON
