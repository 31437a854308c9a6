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
    } jetons et il y a de la place pour { $room } ; raccourcissez-le, ou utilisez « tacit summarize » pour un long texte.
error-schema-invalid = Le schéma JSON est inutilisable ({ $detail }).
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
error-file-not-written = Le fichier n’a pas pu être écrit ({ $detail }). Choisissez un autre emplacement.

## What the person should know beside an answer.

notice-context_full = Cette conversation dépasse ce que le modèle peut contenir : ses { $messages } messages les plus anciens ne sont plus lus. Ils restent dans l’historique.
notice-language = Ce modèle a été fait pour : { $languages }, et non pour : { $language } ; sa réponse sera peut-être médiocre.

## The window's menu.

menu-chat = Conversation
menu-new-chat = Nouvelle conversation
menu-new-private-chat = Nouvelle conversation privée
menu-search = Rechercher
menu-export = Exporter cette conversation en Markdown…
menu-preferences = Préférences
menu-lock = Verrouiller
menu-quit = Quitter
menu-help = Aide
menu-shortcuts = Raccourcis clavier
menu-trust = Ce à quoi Tacit s’engage
menu-about = À propos de Tacit
