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
   *[other] { $tried } points ont été vérifiés sur cet ordinateur, et tous sont respectés.
}
trust-summary-broken = { $broken ->
    [one] { $broken } point vérifié sur { $tried } n’est pas respecté sur cet ordinateur. Regardez ci-dessous avant de confier des secrets à Tacit.
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
