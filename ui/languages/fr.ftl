# Français.

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

## The first run

first-language-title = Bienvenue dans Tacit
first-language-question = Dans quelle langue souhaitez-vous l’utiliser ?

first-what-title = Un assistant qui garde tout pour lui
first-what-is = Tacit fonctionne uniquement sur cet ordinateur. Posez-lui une question, ou faites-lui expliquer, raccourcir ou réécrire un texte. Ce que vous écrivez reste ici : Tacit n’a aucun accès à Internet.
first-what-not = Trois choses qu’il ne sait pas faire
first-cannot-look-up = Aller chercher une information
first-cannot-look-up-body = Il ne connaît ni les nouvelles du jour ni la météo de demain. Il ne sait que ce que son modèle a appris autrefois.
first-cannot-be-sure = Être sûr de lui
first-cannot-be-sure-body = Il se trompe sur des faits, des nombres, des doses, invente des sources, et le dit avec aplomb. Vérifiez ce qui compte.
first-cannot-act = Agir ou décider à votre place
first-cannot-act-body = Il n’est ni médecin ni avocat. De lui-même, il n’envoie, n’achète et n’efface jamais rien.
first-starter = Vous commencez avec SmolLM2-135M : un petit modèle qui ne connaît que l’anglais, pour essayer. Attendez-vous à des réponses simples, et à des erreurs.

first-key-title = Ce qui ouvre vos conversations
first-key-lead = Tout ce que vous écrivez est conservé chiffré sur cet ordinateur. Vous décidez où se trouve la clé.
first-key-question = Où la clé doit-elle se trouver ?
first-key-keyring = Le trousseau de cet ordinateur
first-key-recommended = Recommandé
first-key-keyring-body = S’ouvre sans rien saisir tant que votre session est ouverte.
first-key-passphrase = Une phrase secrète à moi
first-key-passphrase-body = Vous la saisissez à chaque démarrage de Tacit.
first-key-instead = Utiliser plutôt une phrase secrète
first-key-working = Création de votre coffre chiffré. Cela prend quelques secondes.
first-passphrase = Phrase secrète
first-passphrase-hint = Quatre ou cinq mots sans rapport entre eux sont difficiles à deviner et faciles à retenir.
first-passphrase-again = La même phrase secrète, encore une fois
first-passphrase-empty = Saisissez d’abord une phrase secrète, ou choisissez le trousseau.
first-passphrase-differs = Les deux phrases secrètes ne sont pas identiques. Saisissez à nouveau la seconde.
first-passphrase-warning = Personne ne peut retrouver une phrase secrète, pas même les auteurs de Tacit. Si vous l’oubliez, seul un code de secours ouvre encore vos conversations.
first-strength = Solidité de la phrase secrète
first-strength-none = Rien n’est encore saisi
first-strength-0 = Beaucoup trop facile à deviner
first-strength-1 = Facile à deviner
first-strength-2 = Peut être devinée avec de la patience
first-strength-3 = Difficile à deviner
first-strength-4 = Très difficile à deviner

first-recovery-title = Une clé de rechange, sur papier
first-recovery-lead = Un code de secours, ce sont douze mots. Ils ouvrent vos conversations si le trousseau est perdu ou la phrase secrète oubliée, et rien d’autre ne le peut.
first-recovery-keep = Rangez-les avec votre passeport, loin de cet ordinateur.
first-recovery-shown = Vos douze mots
first-recovery-write = Notez-les dans cet ordre, ou imprimez-les. Ils ne sont affichés que maintenant. Qui les possède peut lire vos conversations.
first-recovery-words = Le code de secours
first-recovery-print = Imprimer
first-recovery-typing = Saisissez-les à votre tour
first-recovery-check = Pour être certain que ce qui est sur le papier est juste.
first-recovery-type = Saisissez les douze mots
first-recovery-type-hint = Dans l’ordre, séparés par des espaces.
first-recovery-wrong = Ce ne sont pas les douze mots de votre code. Comparez chaque mot avec votre papier, ainsi que leur ordre.
first-recovery-sheet-title = Tacit : code de secours
first-recovery-sheet = Ces douze mots, dans cet ordre, ouvrent vos conversations dans Tacit. Qui les possède peut tout lire : gardez cette feuille loin de l’ordinateur, en lieu sûr.

first-ready-title = Tout est prêt
first-ready-body = Écrivez ce dont vous avez besoin comme à un collègue patient. Rien de ce que vous écrivez ne quitte cet ordinateur.

## The unlock screen

unlock-title = Tacit est verrouillé
unlock-passphrase = Phrase secrète
unlock-open = Déverrouiller
unlock-keyring = Déverrouiller avec le trousseau
unlock-recovery = Utiliser le code de secours
unlock-or = ou
unlock-empty = Saisissez d’abord votre phrase secrète.
unlock-working = Ouverture de vos conversations.
unlock-can-locked = Déverrouillez votre trousseau (l’ouverture de session le fait), puis choisissez « Déverrouiller avec le trousseau ».
unlock-can-unavailable = Vos conversations sont toujours là et rien n’est perdu. Démarrez le trousseau et réessayez, ou utilisez une autre clé.
unlock-can-missing = Vos conversations sont toujours là et rien n’est perdu. Utilisez une autre clé ; vous pourrez ensuite choisir à nouveau où se trouve la clé de tous les jours.
unlock-only-keyring = Ce coffre ne s’ouvre qu’avec le trousseau : aucune phrase secrète n’a été choisie et aucun code de secours n’a été créé. Si vous avez une sauvegarde du trousseau, restaurez-la et réessayez.
unlock-recovery-title = Ouvrir avec le code de secours
unlock-recovery-lead = Saisissez les douze mots de votre papier. Choisissez ensuite ce qui ouvrira désormais vos conversations.
unlock-recovery-empty = Saisissez d’abord les douze mots.
unlock-stuck = Tacit ne peut pas s’ouvrir

## Preferences

preferences-title = Préférences
preferences-language = Langue
preferences-theme = Apparence
preferences-theme-system = Comme le système
preferences-theme-light = Claire
preferences-theme-dark = Sombre
preferences-large = Grand et simple
preferences-large-body = Texte et boutons plus grands, lignes plus nettes.
preferences-security = Sécurité
preferences-ways = Vos conversations s’ouvrent avec :
preferences-way-keyring = le trousseau de cet ordinateur
preferences-way-passphrase = votre phrase secrète
preferences-way-recovery = le code de secours
preferences-no-recovery = Vous n’avez pas encore confirmé de code de secours.
preferences-make-recovery = Créer un code de secours
preferences-new-recovery = Créer un nouveau code de secours
preferences-lock = Verrouiller maintenant
preferences-recovery-replaces = Un nouveau code remplace l’ancien, qui n’ouvrira alors plus rien.
preferences-recovery-done = Le code de secours est confirmé.

## What Tacit keeps to

trust-title = Ce à quoi Tacit s’engage
trust-lead = Huit promesses. Celles qui peuvent être vérifiées sur cet ordinateur le sont maintenant.
trust-trying = Vérification de chaque promesse. Cela prend quelques secondes.
trust-summary-holds = { $tried ->
    [one] { $tried } point a été vérifié sur cet ordinateur, et il est respecté.
    [many] { $tried } de points ont été vérifiés sur cet ordinateur, et tous sont respectés.
   *[other] { $tried } points ont été vérifiés sur cet ordinateur, et tous sont respectés.
}
trust-summary-broken = { $broken ->
    [one] { $broken } point vérifié sur { $tried } n’est pas respecté sur cet ordinateur. Regardez ci-dessous avant de confier des secrets à Tacit.
    [many] { $broken } de points vérifiés sur { $tried } ne sont pas respectés sur cet ordinateur. Regardez ci-dessous avant de confier des secrets à Tacit.
   *[other] { $broken } points vérifiés sur { $tried } ne sont pas respectés sur cet ordinateur. Regardez ci-dessous avant de confier des secrets à Tacit.
}
trust-promise-1 = Rien de ce que vous écrivez ne quitte cet ordinateur : Tacit n’a aucun accès à Internet, et le système lui-même y veille.
trust-promise-2 = Rien de ce que vous écrivez ne peut être lu sur le disque sans votre clé.
trust-promise-3 = Ce que vous avez envoyé n’est pas perdu, même en cas de coupure de courant.
trust-promise-4 = Si quelqu’un a modifié ce qui est enregistré, Tacit le dit au lieu de l’afficher.
trust-promise-5 = Il fonctionne câble débranché, à n’importe quelle date. Rien n’y expire.
trust-promise-6 = Ce qu’il cite s’y trouve vraiment, et ce qui vient de la seule mémoire du modèle est signalé.
trust-promise-7 = Vos conversations vous appartiennent : vous pouvez les emporter dans des formats ouverts.
trust-promise-8 = C’est vous qui décidez. Tacit propose ; de lui-même, il n’envoie, n’efface et ne lance jamais rien.
trust-holds = Respectée
trust-broken = Non respectée
trust-not-here = Sans objet sur cet ordinateur
trust-untried = Aucune vérification possible ici : vous n’avez que notre parole.
trust-evidence = { $checks ->
    [one] { $checks } vérification
    [many] { $checks } de vérifications
   *[other] { $checks } vérifications
}
trust-limits = Les autres programmes lancés sous votre nom sur cet ordinateur peuvent toujours voir votre écran et ce que vous tapez. Aucun programme ne peut promettre le contraire.

## The state of the machine

machine-name = État de la machine
machine-trust = Confiance
machine-starter = petit, en anglais, pour essayer
machine-loading = Modèle : chargement { $share }
machine-asleep = Le modèle est en sommeil. Il se réveille à votre prochain message.
machine-memory = { $memory } de mémoire
machine-no-recovery = Vous n’avez pas encore de code de secours
machine-make-recovery = En créer un

## About

about-title = Tacit
about-what = Un assistant qui garde ce qu’il sait : il fonctionne sur votre ordinateur, et rien de ce que vous lui confiez n’en sort.
about-version = Version
about-licence = Licence
about-licence-names = Apache-2.0 ou MIT, à votre choix

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
    [many] Les { $count } de messages ci-dessus ne tiennent plus dans la fenêtre du modèle et ne sont plus lus
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
    [many] Supprimer { $count } de messages ?
   *[other] Supprimer { $count } messages ?
}
chat-delete-text = Le message est supprimé avec tout ce qui le suit, dans toutes ses versions. Cette action est définitive.
chat-delete-now = { $count ->
    [one] Supprimer le message
    [many] Supprimer { $count } de messages
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
    [many] { $count } de tokens
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

## Les documents : la bibliothèque

docs-title = Documents
docs-empty-title = Faites lire vos documents à Tacit
docs-empty = Ajoutez des contrats, des lettres, des documents numérisés, des courriels ou des tableaux. Tacit les lit, trouve ce qui s’y trouve et répond en montrant l’endroit exact. Rien ne quitte cet ordinateur.
docs-empty-drop = Vous pouvez aussi déposer des fichiers et des dossiers n’importe où dans cette fenêtre.
docs-empty-collection = Cette collection est encore vide. Mettez-y un document depuis son propre menu, ou ajoutez-en de nouveaux.
docs-add = Ajouter
docs-add-files = Des fichiers…
docs-add-folder = Un dossier…
docs-add-text = Un texte collé…
docs-add-watch = Un dossier à surveiller…
docs-count = { $count ->
    [one] { $count } document
    [many] { $count } de documents
   *[other] { $count } documents
}
docs-all = Tous les documents
docs-collection = Collection
docs-collections = Collections
# {$name} is the name of a collection.
docs-collection-option = { $name } ({ $count })
docs-collection-new = Nouvelle collection…
docs-collection-rename = Renommer cette collection…
docs-collection-delete = Supprimer cette collection
docs-collection-name = Nom de la collection
docs-collection-title = Nouvelle collection
docs-collection-title-rename = Renommer la collection
docs-collection-make = Créer
docs-collection-keep = Renommer
docs-collection-made = La collection « { $name } » est créée.
docs-collection-deleted = La collection « { $name } » est supprimée. Ses documents restent.
docs-pages = { $count ->
    [one] { $count } page
    [many] { $count } de pages
   *[other] { $count } pages
}
docs-pages-ocr = { $count ->
    [one] { $count } page lue par OCR
    [many] { $count } de pages lues par OCR
   *[other] { $count } pages lues par OCR
}
docs-pages-read = { NUMBER($read) } pages lues sur { NUMBER($pages) }
docs-added-on = ajouté le { $date }
docs-waiting = En attente
docs-reading = En cours de lecture
docs-failed = N’a pas pu être lu
docs-by-words = Se trouve par ses mots ; par son sens bientôt
docs-sealed = Original gardé dans le coffre
docs-more = Autres actions pour « { $name } »
docs-show = Ouvrir
docs-show-name = Ouvrir « { $name } »
docs-ask = Poser une question dessus
docs-save = Enregistrer l’original…
docs-saved = Enregistré sous { $file }.
docs-retry = Réessayer
docs-remove = Retirer…
docs-cancel = Arrêter la lecture et retirer…
docs-remove-title = Retirer « { $name } » ?
docs-remove-text = Son texte, ses vecteurs et ses entrées dans l’index de recherche sont effacés du coffre, et la place qu’ils occupaient est réécrite. Cela ne peut pas être annulé.
docs-remove-text-sealed = Son texte, ses vecteurs, ses entrées dans l’index de recherche et l’original gardé dans le coffre sont effacés, et la place qu’ils occupaient est réécrite. Cela ne peut pas être annulé. Si le coffre contient votre seul exemplaire, enregistrez d’abord l’original.
docs-remove-origin = Le fichier { $path } n’est pas touché.
docs-remove-now = Retirer
docs-removed = « { $name } » est retiré.
docs-work-reading = Lecture de « { $name } »
docs-work-preparing = Préparation
docs-work-meaning = { $count ->
    [one] { $count } passage à rendre trouvable par son sens
    [many] { $count } de passages à rendre trouvables par leur sens
   *[other] { $count } passages à rendre trouvables par leur sens
}
docs-work-left = { $documents ->
    [one] { $documents } document restant
    [many] { $documents } de documents restants
   *[other] { $documents } documents restants
}
docs-work-pages = { $pages ->
    [one] { $pages } page restante
    [many] { $pages } de pages restantes
   *[other] { $pages } pages restantes
}
# {$time} is `2 min` or the like.
docs-work-time = environ { $time }
docs-work-waiting = En attente de la fin de la réponse
docs-work-paused = En pause
docs-work-name = Avancement de la lecture
docs-pause = Mettre en pause
docs-resume = Reprendre
docs-watched = Dossiers surveillés
docs-watched-text = Ce qui est mis dans ces dossiers est lu. Tant que Tacit est ouvert, il regarde chaque minute.
docs-watch-looked = consulté { $when }
docs-watch-never = pas encore consulté
docs-unwatch = Ne plus surveiller
docs-unwatch-name = Ne plus surveiller { $path }
docs-unwatched = { $path } n’est plus surveillé. Ses documents restent.
docs-watching = { $path } est surveillé désormais.
docs-adding-title = Ajouter des documents
docs-adding-title-text = Ajouter un texte
docs-adding-title-watch = Surveiller un dossier
docs-adding-dropped-files = { $count ->
    [one] { $count } fichier
    [many] { $count } de fichiers
   *[other] { $count } fichiers
}
docs-adding-dropped-folders = { $count ->
    [one] { $count } dossier
    [many] { $count } de dossiers
   *[other] { $count } dossiers
}
# {$files} and {$folders} are the two messages above.
docs-adding-dropped-both = { $files } et { $folders }
docs-adding-none = Aucune collection
docs-adding-keep = Que faut-il garder ?
docs-adding-seal = Les originaux, dans le coffre
docs-adding-seal-text = Chiffrés. Leurs pages peuvent être montrées même quand les fichiers sont ailleurs. Prend autant de place qu’eux.
docs-adding-text-only = Seulement leur texte
docs-adding-text-only-text = Leurs pages peuvent être montrées tant que les fichiers restent où ils sont.
docs-adding-own = Vos propres fichiers restent tels quels. Gardez-les.
docs-adding-own-recovery = Vos propres fichiers restent tels quels. Gardez-les : sans code de secours, une clé perdue emporterait ce que contient le coffre.
docs-adding-now = Ajouter
docs-adding-choose = Choisir…
docs-paste-name = Nom
docs-paste-name-hint = Celui sous lequel vous le chercherez.
docs-paste-text = Texte
docs-outcome-new = { $count ->
    [one] { $count } document ajouté.
    [many] { $count } de documents ajoutés.
   *[other] { $count } documents ajoutés.
}
docs-outcome-newer = { $count ->
    [one] { $count } est une nouvelle version d’un document déjà présent.
    [many] { $count } sont de nouvelles versions de documents déjà présents.
   *[other] { $count } sont de nouvelles versions de documents déjà présents.
}
docs-outcome-known = { $count ->
    [one] { $count } était déjà présent.
    [many] { $count } étaient déjà présents.
   *[other] { $count } étaient déjà présents.
}
docs-outcome-nothing = Il n’y avait rien à ajouter.
docs-outcome-refused = { $count ->
    [one] { $count } fichier n’a pas été pris :
    [many] { $count } de fichiers n’ont pas été pris :
   *[other] { $count } fichiers n’ont pas été pris :
}
docs-drop = Déposez-les ici, et Tacit les lit
docs-drop-text = Rien ne quitte cet ordinateur.
docs-kind-all = Tous les types
docs-kind = Type
docs-kind-mail = Courriel
docs-kind-text = Texte
docs-kind-image = Image
docs-kind-unknown = Document

## La recherche dans les documents

docs-search = Rechercher dans les documents
docs-days = Date du fichier
docs-from-day = Du
docs-until-day = au
docs-empty-narrowed = Aucun document n’est de ce type et de cette date.
docs-search-placeholder = Des mots, ou "une expression exacte"
docs-hits = Passages trouvés
docs-hits-count = { $count ->
    [0] Aucun passage trouvé
    [one] { $count } passage
    [many] { $count } de passages
   *[other] { $count } passages
}
docs-hits-nothing = Aucun passage trouvé. Essayez d’autres mots ; le sens compte aussi.
docs-page = page { $label }
docs-ocr = lu par OCR
docs-found-words = trouvé par ses mots
docs-found-meaning = trouvé par son sens
docs-found-both = trouvé par ses mots et par son sens
docs-hidden = pas montré sur la page
find-chats-group = Dans les discussions
find-documents-group = Dans les documents
find-names-group = Documents de ce nom

## Le document à côté de la conversation

viewer-name = Document : { $name }
viewer-close = Fermer le document
viewer-show = Aller au document
viewer-pages = Pages
viewer-page = Page { $label }
viewer-page-of = Page { $at } sur { $count }
viewer-go = Aller à la page
viewer-of = sur { $count }
viewer-next = Page suivante
viewer-previous = Page précédente
viewer-bigger = Agrandir
viewer-smaller = Réduire
viewer-zoom = { $percent }
viewer-find = Chercher dans ce document
viewer-find-next = Endroit suivant
viewer-find-previous = Endroit précédent
viewer-found = Page { $page } : endroit { $at } sur { $count }
viewer-found-none = Ces mots ne sont pas dans ce document.
viewer-loading = La page est en cours de chargement.
viewer-ocr = Lu par OCR dans une image : comparez ce qui compte avec la page.
viewer-uncertain = Incertain : l’OCR a pu mal lire ceci
viewer-uncertain-spoken = (incertain)
viewer-cited-spoken = (endroit cité)
viewer-no-picture = L’original n’est pas accessible, la page ne peut donc pas être dessinée. Voici son texte.
viewer-undrawn = La page ne peut pas être dessinée. { $detail }
mark-title = Une partie de ce texte n’est pas ce que montre la page
mark-invisible = Invisible : il est sur la page sans être dessiné.
mark-same-colour = De la couleur du fond : personne ne peut le voir.
mark-tiny = Trop petit pour être lu.
mark-off-page = En dehors de la page.
mark-forged-font = La police dessine d’autres lettres que celles du texte.
mark-bidi = Des caractères qui inversent le sens le font lire autrement qu’il n’est.
mark-unseen = Des caractères invisibles s’y cachent.
mark-lookalike = Des lettres d’un autre alphabet qui ressemblent à celles-ci.
mark-other = La page ne le montre pas tel qu’il se lit.

## Les réponses tirées des documents

evidence-title = { $count ->
    [one] { $count } passage de vos documents
    [many] { $count } de passages de vos documents
   *[other] { $count } passages de vos documents
}
evidence-unanswered = Vos documents ne répondent pas à cela
evidence-nearest = Les passages les plus proches :
evidence-nothing = Aucun passage ne s’en approche.
evidence-open = Ouvrir le passage { $n } dans { $name }, page { $label }
evidence-partly = en partie seulement dans les documents
evidence-unsupported = pas dans les documents
evidence-missing = Pas dans les passages
evidence-missing-spoken = (pas dans les passages)
evidence-verbatim = Mot pour mot dans le passage { $n }
evidence-verbatim-spoken = (mot pour mot)
evidence-not-found = introuvable dans les documents
evidence-more = { $count ->
    [one] Montrer { $count } passage de plus
    [many] Montrer { $count } de passages de plus
   *[other] Montrer { $count } passages de plus
}
evidence-fewer = Montrer moins de passages
evidence-gone = Ce document a été retiré.
evidence-checked = Vérifié dans vos documents. Un numéro ouvre l’endroit.
evidence-paper = La page à cet endroit : { $words }
evidence-how = Comment ces passages ont été choisis
evidence-how-text = Tacit a cherché les mots de la question et son sens, a réuni les deux listes et a gardé les meilleurs passages, dans cet ordre. Le modèle n’a pas eu son mot à dire.
evidence-how-words = rang { NUMBER($words) } par ses mots
evidence-how-meaning = rang { NUMBER($meaning) } par son sens
evidence-how-both = rang { NUMBER($words) } par ses mots, rang { NUMBER($meaning) } par son sens
evidence-how-heading = sous « { $heading } »
evidence-summary = { $full } phrases sur { $count } sont appuyées par vos documents.
# In an exported chat.
export-checked = Phrase par phrase
export-supported = appuyé par vos documents
export-passages = Les passages, mot pour mot
export-page = page

## Le sujet d’une conversation

scope-nothing = rien
scope-all = tous les documents
scope-about = Sujet : { $what }
scope-collections-count = { $count ->
    [one] { $count } collection
    [many] { $count } de collections
   *[other] { $count } collections
}
scope-some = { $collections }, { $documents }
scope-title = Sur quoi porte cette conversation ?
scope-nothing-choice = Aucun document
scope-nothing-text = Les réponses viennent de la mémoire du modèle, sans vérification.
scope-all-choice = Tous les documents
scope-all-text = Les réponses reposent sur ce que disent vos documents, et montrent où.
scope-chosen-choice = Des collections ou des documents que je choisis
scope-collections = Collections
scope-documents = Documents
scope-filter = Trouver un document par son nom
scope-rest = { $count ->
    [one] { $count } autre porte ce nom. Précisez-le.
    [many] { $count } d’autres portent ce nom. Précisez-le.
   *[other] { $count } autres portent ce nom. Précisez-le.
}
scope-keep = Garder
scope-choose-one = Choisissez au moins une collection ou un document.
scope-library-empty = Il n’y a pas encore de documents.
task-sample = Essayer avec un document d’exemple
task-sample-question = Quel préavis le locataire doit-il donner ?

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

## What went wrong: the sentences that the window and the terminal share. { $detail } and the like come from the program and stay as they are.

error-not-found = Il n’y a pas encore de coffre ici. Créez-en d’abord un.
error-already-exists = Un coffre, ou une partie d’un coffre, se trouve déjà ici ; rien n’a été modifié. Ouvrez-le ou choisissez un autre nom.
error-in-use = Ce coffre est ouvert dans une autre fenêtre ou un autre programme. Fermez-le d’abord là-bas.
error-wrong-passphrase = Cette phrase secrète n’ouvre pas ce coffre. Vérifiez la disposition du clavier et les majuscules, puis réessayez.
error-wrong-recovery-code = Ce code de secours est valable, mais ce n’est pas celui de ce coffre. Cherchez le dernier code imprimé.
error-bad-recovery-code = Ce code de secours contient une erreur : il faut les douze mots imprimés, dans leur ordre. Vérifiez chaque mot.
error-empty-passphrase = La phrase secrète est vide. Choisissez-en une d’au moins quelques mots.
error-no-such-slot = Ce coffre ne s’ouvre pas avec { $slot ->
        [keyring] le trousseau du système
        [passphrase] une phrase secrète
       *[recovery] un code de secours
    } : cela n’a jamais été configuré. Ouvrez-le autrement.
error-no-such-slot-id = Cette façon d’ouvrir le coffre n’existe plus. Consultez à nouveau la liste.
error-last-slot = C’est la seule façon qui reste d’ouvrir le coffre : elle est conservée. Ajoutez-en d’abord une autre.
error-not-for-creation = Un nouveau coffre ne peut pas être créé avec { $slot ->
        [keyring] le trousseau du système
        [passphrase] une phrase secrète
       *[recovery] un code de secours
    } seulement. Utilisez le trousseau ou une phrase secrète.
error-keyring-unavailable = Le trousseau du système est inutilisable ({ $detail }). Démarrez-en ou installez-en un, par exemple GNOME Keyring ou KWallet, ou ouvrez le coffre autrement.
error-keyring-locked = Le trousseau du système est verrouillé. Déverrouillez-le et réessayez, ou ouvrez le coffre autrement.
error-keyring-item-missing = Le trousseau du système ne contient plus la clé de ce coffre. Ouvrez-le avec votre phrase secrète ou votre code de secours, puis configurez à nouveau le trousseau.
error-keyring-changed = Ce que le trousseau du système contient pour ce coffre n’est pas sa clé. Ouvrez-le avec votre phrase secrète ou votre code de secours, puis configurez à nouveau le trousseau.
error-newer-version = Ce coffre a été utilisé en dernier par un Tacit plus récent (version { $found } de son format, celui-ci connaît la { $known }). Rien n’a été modifié : mettez Tacit à jour.
error-damaged = Le coffre est endommagé ({ $detail }). N’y écrivez plus : faites une copie de son dossier, puis restaurez une sauvegarde.
error-disk-full = Le disque est plein : rien n’a été enregistré. Libérez de la place et réessayez.
error-read-only = Le dossier du coffre n’est pas accessible en écriture. Vérifiez ses permissions et si le disque est en lecture seule.
error-no-such-chat = Cette conversation n’existe plus. Consultez à nouveau la liste.
error-no-library = Une conversation privée ne garde aucun document. Quittez d’abord la conversation privée.
error-no-such-collection = Cette collection n’existe plus. Consultez à nouveau la liste.
error-collection-exists = Une collection porte déjà ce nom. Choisissez-en un autre.
error-no-such-document = Ce document n’est plus dans la bibliothèque. Consultez à nouveau la liste.
error-no-such-page = Cette page n’est pas dans la bibliothèque, ou pas encore. Attendez que le document soit lu.
error-no-such-passage = Ce passage n’est plus dans la bibliothèque : son document a été modifié ou retiré. Relancez la recherche.
error-not-reading = Ce document est déjà lu, rien n’y a donc été ajouté. Relisez-le depuis le début.
error-bad-passage = Un passage ne se trouve pas dans le texte de sa page, la page n’a donc pas été gardée. Relisez le document.
error-no-such-folder = Ce dossier n’est plus surveillé. Consultez à nouveau la liste.
error-no-original = L’original de ce document n’est pas gardé ici. Ouvrez-le là d’où il vient, ou ajoutez-le de nouveau.
error-not-the-original = Le fichier a changé pendant qu’on le gardait, il n’a donc pas été gardé. Ajoutez-le de nouveau.
error-no-such-model = La bibliothèque n’utilise pas ce modèle de recherche. Choisissez-le d’abord dans les préférences.
error-bad-vector = Le modèle de recherche a donné un vecteur inutilisable. Choisissez un autre modèle de recherche, ou téléchargez-le de nouveau.
# Written as an answer, in the language of the question.
notice-not_in_documents = Vos documents ne répondent pas à cette question. Les passages les plus proches accompagnent cette réponse.

error-no-such-message = Ce message n’existe plus. Ouvrez à nouveau la conversation.
error-not-growing = Cette réponse est déjà terminée : rien n’y a été ajouté. Posez à nouveau la question.
error-io = Le système a signalé une erreur ({ $detail }). Réessayez.
error-database = Le coffre a signalé une erreur ({ $detail }). Réessayez ; si elle persiste, vérifiez le coffre.

error-engine-missing = Le programme tacit-engine ne se trouve ni à côté de celui-ci ni dans ../lib/tacit ; réinstallez Tacit.
error-engine-not-started = Le moteur n’a pas pu démarrer ({ $detail }) ; réinstallez Tacit.
error-engine-version = Le moteur n’est pas de la même version que ce programme ; redémarrez Tacit.
error-engine-died-loading = Le moteur s’est arrêté pendant qu’il chargeait le modèle ({ $detail }) ; le fichier est peut-être endommagé : téléchargez-le à nouveau ou choisissez-en un autre.
error-engine-died = Le moteur s’est arrêté au milieu de son travail ({ $detail }) ; ce qui était écrit est conservé, posez à nouveau la question pour continuer.
error-model-file-unreadable = Le fichier du modèle ne peut pas être ouvert ({ $detail }) ; vérifiez qu’il existe et qu’il est lisible.
error-model-damaged = Le fichier du modèle est endommagé, tronqué ou d’un type que cette version ne connaît pas ; téléchargez-le à nouveau ou choisissez-en un autre ({ $detail }).
error-model-memory = Le modèle a besoin de { $needs } Mo de mémoire et { $free } Mo sont libres ; fermez d’autres programmes ou choisissez un modèle plus petit.
error-model-context = Le modèle ne peut pas être préparé pour répondre ; choisissez un autre modèle ({ $detail }).
error-message-too-long = Le message est trop long pour ce modèle : il a { $bound ->
        [least] au moins { $tokens }
       *[exact] { $tokens }
    } tokens et il y a de la place pour { $room } ; raccourcissez-le, ou utilisez « tacit summarize » pour un long texte.
error-schema-invalid = Le schéma JSON est inutilisable ({ $detail }).
error-model-only-embeds = Ce modèle sert seulement à retrouver des textes et ne peut pas répondre ; choisissez-en un autre.
error-model-only-answers = Ce modèle répond et ne peut pas servir à retrouver des textes ; choisissez-en un autre.
error-engine-failed = Le modèle n’a pas pu continuer ({ $detail }) ; posez à nouveau la question.

error-no-model = Il n’y a pas encore de modèle sur cet ordinateur : placez un fichier .gguf dans { $place }, ou indiquez-en un avec --model FICHIER.gguf.
error-no-model-nowhere = Il n’y a pas encore de modèle sur cet ordinateur : placez un fichier .gguf dans un dossier indiqué par TACIT_MODELS, ou indiquez-en un avec --model FICHIER.gguf.
error-model-not-found = Le fichier { $file } n’existe pas : vérifiez son nom, ou omettez --model pour utiliser un modèle installé.
error-model-is-a-folder = { $file } est un dossier : indiquez un fichier .gguf qu’il contient.
error-model-not-a-file = { $file } n’est pas un fichier ordinaire : copiez le modèle dans un fichier .gguf sur le disque et indiquez celui-ci.
error-model-not-gguf = { $file } n’est pas un modèle GGUF : choisissez un fichier qui se termine par .gguf, ou téléchargez à nouveau le modèle.
error-model-empty = { $file } est vide : téléchargez à nouveau le modèle.
error-model-cut = { $file } est tronqué après { $bytes } octets : téléchargez à nouveau le modèle.
error-model-unreadable = { $file } ne peut pas être lu ({ $detail }) : vérifiez ses permissions ou choisissez un autre modèle.
error-model-check-stopped = La vérification de { $file } a été arrêtée avant la fin : relancez-la quand vous voudrez savoir.
error-model-catalogue = La liste des modèles fournie avec Tacit est endommagée ({ $detail }) : réinstallez Tacit.

error-needs-passphrase = Ce coffre s’ouvre avec une phrase secrète et il n’y a personne à qui la demander : lancez la commande dans un terminal, ou indiquez --passphrase-file FICHIER.
error-needs-recovery-code = Il n’y a personne à qui demander le code de secours : lancez la commande dans un terminal, ou indiquez --code-file FICHIER.
error-no-keyring = Il n’y a pas encore de coffre, ni de trousseau du système pour en garder la clé ({ $detail }) : lancez « tacit chat » dans un terminal et choisissez une phrase secrète, ou indiquez --passphrase-file FICHIER.
error-message-empty = Il n’y a rien à quoi répondre : le message est vide.
error-not-text = Ce ne sont pas des données de texte mais des données binaires : donnez du texte brut (UTF-8, ou UTF-16 avec sa marque).
error-too-large = Ce texte fait { $size } Mo et { $most } Mo au plus sont acceptés : donnez-le en plusieurs parties.
error-nothing-to-repeat = Il n’y a pas de réponse à réécrire dans cette conversation : posez d’abord une question.
error-nothing-to-continue = La dernière réponse de cette conversation est complète : posez une question pour continuer.
error-already-answering = Une réponse est en cours d’écriture dans cette conversation : attendez la fin, ou arrêtez-la.
error-locked = Tacit est verrouillé : déverrouillez-le et réessayez.
error-stopped = Arrêté, comme vous l’avez demandé.
error-no-home = Il n’y a pas d’emplacement pour vos données : définissez TACIT_HOME sur l’un de vos dossiers.
error-no-random = Le système ne fournit pas de nombres aléatoires : redémarrez l’ordinateur et réessayez.
error-internal = Tacit a commis une erreur ({ $detail }) : merci de la signaler.
error-document-empty = Le document est vide : il n’y a rien à y trouver.
error-not-a-file = Ce n’est pas un fichier : indiquez un document, ou un dossier qui en contient.
error-document-not-read = Le fichier n’a pas pu être lu ({ $detail }). Vérifiez qu’il est toujours là et que vous pouvez le lire.
error-original-gone = L’original n’est plus à sa place, et seul son texte est gardé ici. Remettez-le en place, ou ajoutez-le de nouveau.
error-original-changed = L’original a changé depuis son ajout. Ajoutez-le de nouveau pour en avoir la dernière version.
error-reader-missing = Le programme tacit-reader manque à côté de celui-ci ou dans ../lib/tacit ; réinstallez Tacit.
error-reader-not-started = Le lecteur n’a pas pu démarrer ({ $detail }) ; réinstallez Tacit.
error-reader-version = Le lecteur est d’une autre version que ce programme ; redémarrez Tacit.
error-reader-source = Le document n’a pas pu être lu à son emplacement ({ $detail }) ; vérifiez qu’il est toujours là et réessayez.
error-reader-too-slow = La lecture du document prend trop de temps (plus de { $seconds } s pour une étape) ; divisez-le ou enregistrez-le à nouveau, puis ajoutez cette copie.
error-reader-crashed = Le lecteur s’est arrêté sur ce document ({ $detail }) ; ouvrez-le avec son propre programme, enregistrez-le à nouveau et ajoutez cette copie.
error-unread-empty = Le document est vide.
error-unread-unknown = Les documents de ce type ne peuvent pas encore être lus ; enregistrez-le en PDF ou en texte et ajoutez cette copie.
error-unread-protected = Le document est protégé par un mot de passe ; ouvrez-le avec son propre programme, enregistrez une copie sans mot de passe et ajoutez-la.
error-unread-damaged = Le document est endommagé ou tronqué ; ouvrez-le avec son propre programme et enregistrez-le à nouveau.
error-unread-too-large = Le document est trop grand pour Tacit ; divisez-le et ajoutez les parties.
error-unread-too-slow = Le texte de cette image n’a pas pu être lu dans le temps accordé à une page ; divisez l’image et ajoutez les parties.
error-unread-no-page = Le document n’a pas cette page.
error-file-not-written = Le fichier n’a pas pu être écrit ({ $detail }). Choisissez un autre emplacement.

## What the person should know beside an answer.

notice-context_full = Cette conversation dépasse ce que le modèle peut contenir : ses { $messages } messages les plus anciens ne sont plus lus. Ils restent dans l’historique.
notice-still_reading = { $documents ->
    [one] Un document n’est pas encore lu : ce qu’il dit ne figure pas dans cette réponse.
    [many] { $documents } de documents ne sont pas encore lus : ce qu’ils disent ne figure pas dans cette réponse.
   *[other] { $documents } documents ne sont pas encore lus : ce qu’ils disent ne figure pas dans cette réponse.
}
notice-language = Ce modèle a été fait pour : { $languages }, et non pour : { $language } ; sa réponse sera peut-être médiocre.
notice-summary_pages = Pages lues : { $read } sur { $pages } ; sans texte : { $blank } ; lues sur des images : { $ocr }.
notice-summary_nothing_left = Chaque partie a un point ci-dessus.
notice-summary_left = Sans point ci-dessus : { $names }.
notice-summary_left_more = Sans point ci-dessus : { $names }, et { $more } de plus.
notice-summary_all_facts = Faits trouvés par des règles (dates, montants, quantités, personnes, organisations) : { $mentioned } mentionnés, aucun omis.
notice-summary_facts = Faits trouvés par des règles (dates, montants, quantités, personnes, organisations) : { $mentioned } mentionnés, { $left } omis : { $names }.
notice-summary_facts_more = Faits trouvés par des règles (dates, montants, quantités, personnes, organisations) : { $mentioned } mentionnés, { $left } omis : { $names }, et { $more } de plus.
notice-summary_withheld = Phrases du modèle que le document ne confirme pas, et qui ne sont pas montrées : { $withheld }.

## The window's menu.

menu-chat = Conversation
menu-new-chat = Nouvelle conversation
menu-new-private-chat = Nouvelle conversation privée
menu-documents = Documents
menu-search = Rechercher
menu-export = Exporter cette conversation en Markdown…
menu-preferences = Préférences
menu-lock = Verrouiller
menu-quit = Quitter
menu-help = Aide
menu-shortcuts = Raccourcis clavier
menu-trust = Ce à quoi Tacit s’engage
menu-about = À propos de Tacit
