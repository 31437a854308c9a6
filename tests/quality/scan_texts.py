"""The texts that scans.py draws. {9...} is a number made by chance, digit for digit; {date}, {sum} and {name} are what they say.

Written for Tacit, but for the columns: Arthur Conan Doyle, A Scandal in Bohemia (1891), and Jules Verne, Vingt mille lieues sous les mers
(1870), both in the public domain.
"""

WORDS = {
    "eng": {
        "months": ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        "names": ["Harold Whitfield & Sons", "Margaret Okafor", "Greenhithe Building Supplies", "Dr. Ellen Marsh", "Kestrel Print Works"],
        "street": "{999} Canal Street, London SE{9} {9}QT",
        "phone": "Telephone {99999} {999999}, VAT number GB {999} {9999} {99}",
        "invoice": "Invoice {9999}-{99999} of {date}",
        "due": "Payable by {date}, customer {999999}",
        "header": ["Description", "Quantity", "Price", "Amount"],
        "totals": ["Net total", "VAT 20%", "Total due"],
        "bank": "Please pay to account {99999999}, sort code {99}-{99}-{99}, and quote reference {999999}/{99}. Orders placed after "
        "{date} carry a surcharge of {9}.{9}%.",
    },
    "fra": {
        "months": ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"],
        "names": ["Établissements Girard", "Hélène Dufrêne", "Menuiserie du Vieux Chêne", "Maître François Lebœuf", "Société Générale de Façade"],
        "street": "{99}, rue de l'Église, {99999} Besançon",
        "phone": "Téléphone {99} {99} {99} {99} {99}, SIRET {999} {999} {999} {99999}",
        "invoice": "Facture n° {9999}-{99999} du {date}",
        "due": "À régler avant le {date}, client {999999}",
        "header": ["Désignation", "Quantité", "Prix", "Montant"],
        "totals": ["Total HT", "TVA 20 %", "Total TTC"],
        "bank": "Merci de régler par virement sur le compte FR{99} {9999} {9999} {9999} {9999} {9999} {999} en rappelant la référence "
        "{999999}/{99}. Toute commande passée après le {date} est majorée de {9},{9} %.",
    },
}

ITEMS = {
    "eng": ["Oak planks", "Copper pipe, 15 mm", "Brass hinges", "Wall paint, white", "Door handles", "Cement, 25 kg", "Roof tiles",
            "Window glass", "Steel screws", "Delivery", "Labour, per hour", "Sand, fine", "Plaster boards", "Cable, 3 x 1.5"],
    "fra": ["Planches de chêne", "Tube de cuivre 15 mm", "Charnières laiton", "Peinture blanche", "Poignées de porte", "Ciment 25 kg",
            "Tuiles", "Vitrage", "Vis en acier", "Livraison", "Main-d'œuvre", "Sable fin", "Plaques de plâtre", "Câble 3 x 1,5"],
}

LETTERS = {
    "eng": [
        ["{date}",
         "Dear Mr. Ashworth,",
         "Thank you for your letter of {date}. I have read the lease again, and clause {99} leaves no doubt: the rent of {sum} pounds a year "
         "may be raised once only, and by no more than {9}.{9} per cent. Your notice asks for {sum} pounds, which is far above that.",
         "The inspection of {date} found {99} cracked tiles in the kitchen and {9} broken windows on the upper floor. My client paid "
         "{sum} pounds for the repair and holds receipts numbered {99999} to {99999}. We ask that this sum be set against the rent from "
         "{date} onwards.",
         "I should be glad of your answer within {99} days. You can reach me on {99999} {999999} between nine and five, or at my office in "
         "Canal Street on any weekday.",
         "Yours sincerely,",
         "{name}"],
        ["{date}",
         "Dear Dr. Marsh,",
         "I write about patient {9999999}, who was seen on {date}. Blood pressure was {999} over {99}, the pulse {99} a minute. The dose of "
         "{99}.{9} mg was raised to {99}.{9} mg in the morning, and {9} tablets were left in the box at the last visit.",
         "The laboratory reports sodium {999}, potassium {9}.{9}, creatinine {99} and a glucose of {9}.{99}. The sample taken on {date} under "
         "number {999999} was lost, so the values before that date cannot be compared.",
         "She has an appointment on {date} at {99}.{99}. Please send the pictures by then; the film is kept under {9999}/{999}.",
         "With kind regards,",
         "{name}"],
    ],
    "fra": [
        ["Le {date}",
         "Monsieur,",
         "J'ai bien reçu votre lettre du {date}. À la relecture du bail, l'article {99} ne laisse aucun doute : le loyer annuel de {sum} euros "
         "ne peut être augmenté qu'une seule fois, et de {9},{9} % au plus. Votre avis réclame {sum} euros, ce qui dépasse largement ce taux.",
         "L'état des lieux du {date} relève {99} carreaux fêlés dans la cuisine et {9} fenêtres brisées à l'étage. Ma cliente a réglé {sum} "
         "euros pour la réparation et conserve les reçus {99999} à {99999}. Nous demandons que cette somme soit déduite du loyer à compter du "
         "{date}.",
         "Je vous saurais gré de me répondre sous {99} jours. Vous pouvez me joindre au {99} {99} {99} {99} {99}, ou passer à mon étude en "
         "semaine, de neuf heures à midi.",
         "Veuillez agréer, Monsieur, mes salutations distinguées.",
         "{name}"],
        ["Le {date}",
         "Chère consœur,",
         "Je vous écris au sujet du patient {9999999}, vu le {date}. La tension était de {999} sur {99}, le pouls de {99} par minute. La dose de "
         "{99},{9} mg a été portée à {99},{9} mg le matin ; il restait {9} comprimés dans la boîte à la dernière visite.",
         "Le laboratoire indique sodium {999}, potassium {9},{9}, créatinine {99} et glycémie {9},{99}. Le prélèvement du {date}, numéro "
         "{999999}, a été égaré : les valeurs antérieures ne peuvent donc être comparées.",
         "Le prochain rendez-vous est fixé au {date}, à {99} h {99}. Merci d'envoyer les clichés d'ici là ; le film est classé sous {9999}/{999}.",
         "Bien cordialement,",
         "{name}"],
    ],
}

REPORTS = {
    "eng": [
        "Annual report of the harbour office, {date}",
        "In the year under review {9,999} ships called at the port, against {9,999} the year before. They landed {999,999} tons of goods, of "
        "which {99,999} tons were grain and {9,999} tons timber. Receipts came to {sum} pounds and expenses to {sum} pounds.",
        "The dredger worked on {999} days and moved {99,999} cubic metres of mud. Berth {9} was closed from {date} to {date}; the repair cost "
        "{sum} pounds, or {99}.{9} per cent more than was planned.",
        "The staff numbered {999}, of whom {99} were pilots. There were {9} accidents, none of them fatal, and {99} complaints. The council "
        "met {99} times and passed {99} resolutions; number {999} sets the dues at {9}.{99} pounds a ton.",
    ],
    "fra": [
        "Rapport annuel de la capitainerie, {date}",
        "Au cours de l'exercice, {9} {999} navires ont fait escale au port, contre {9} {999} l'année précédente. Ils ont débarqué {999} {999} "
        "tonnes de marchandises, dont {99} {999} tonnes de céréales et {9} {999} tonnes de bois. Les recettes s'élèvent à {sum} euros, les "
        "dépenses à {sum} euros.",
        "La drague a travaillé {999} jours et déplacé {99} {999} mètres cubes de vase. Le poste {9} est resté fermé du {date} au {date} ; la "
        "réparation a coûté {sum} euros, soit {99},{9} % de plus que prévu.",
        "L'effectif était de {999} personnes, dont {99} pilotes. On déplore {9} accidents, aucun mortel, et {99} réclamations. Le conseil "
        "s'est réuni {99} fois et a voté {99} résolutions ; la {999} fixe la taxe à {9},{99} euros la tonne.",
    ],
}

COLUMNS = {
    "eng": [
        "To Sherlock Holmes she is always the woman. I have seldom heard him mention her under any other name. In his eyes she eclipses and "
        "predominates the whole of her sex.",
        "It was not that he felt any emotion akin to love for Irene Adler. All emotions, and that one particularly, were abhorrent to his "
        "cold, precise but admirably balanced mind.",
        "He was, I take it, the most perfect reasoning and observing machine that the world has seen. Entered {date}, page {999}.",
        "I had seen little of Holmes lately. My marriage had drifted us away from each other. My own complete happiness was sufficient to "
        "absorb all my attention.",
        "One night, it was on the twentieth of March, 1888, I was returning from a journey to a patient, when my way led me through Baker "
        "Street.",
        "His rooms were brilliantly lit, and, even as I looked up, I saw his tall, spare figure pass twice. Filed under {9999}/{99}.",
    ],
    "fra": [
        "L'année 1866 fut marquée par un événement bizarre, un phénomène inexpliqué et inexplicable que personne n'a sans doute oublié.",
        "Sans parler des rumeurs qui agitaient les populations des ports et surexcitaient l'esprit public à l'intérieur des continents, les "
        "gens de mer furent particulièrement émus.",
        "Les négociants, armateurs, capitaines de navires se préoccupèrent de ce fait au plus haut point. Noté le {date}, page {999}.",
        "En effet, depuis quelque temps, plusieurs navires s'étaient rencontrés sur mer avec une chose énorme, un objet long, fusiforme, "
        "parfois phosphorescent.",
        "Les faits relatifs à cette apparition s'accordaient assez exactement sur la structure de l'objet, la vitesse de ses mouvements, la "
        "puissance surprenante de sa locomotion.",
        "Le 20 juillet 1866, le steamer avait rencontré cette masse mouvante à cinq milles dans l'est. Classé sous {9999}/{99}.",
    ],
}
