"""Other texts for scans.py, as scan_texts.py has them: OCR is measured on these and never tuned on them.

Written for Tacit, but for the columns: Charles Dickens, A Tale of Two Cities (1859), and Victor Hugo, Les Misérables (1862), both in the
public domain.
"""

from scan_texts import WORDS as FIRST

WORDS = {
    "eng": {
        "months": FIRST["eng"]["months"],
        "names": ["Thornbury Veterinary Clinic", "Oliver P. Quigley", "Jackdaw & Vale Ltd", "Prof. Zoe Baxter", "Wexford Garden Supply"],
        "street": "Unit {99}, Foundry Lane, Leeds LS{9} {9}GH",
        "phone": "Phone {9999} {999} {9999}, company number {99999999}",
        "invoice": "Statement {999999} dated {date}",
        "due": "Due on {date}, purchase order {9999}/{999}",
        "header": ["Item", "Units", "Each", "Sum"],
        "totals": ["Subtotal", "Tax 5%", "Balance"],
        "bank": "Transfer the balance to GB{99} JKVL {9999} {9999} {9999} {99} before the due date. Accounts unpaid after {99} days are "
        "charged {9}.{99}% a month. Enquiries: extension {9999}.",
    },
    "fra": {
        "months": FIRST["fra"]["months"],
        "names": ["Librairie Périgueux", "Zoé Lefèvre-Gagnon", "Garage des Îles", "Maçonnerie Thévenet", "Cabinet Noël et Sœurs"],
        "street": "{999}, allée des Mûriers, {99999} Angoulême",
        "phone": "Tél. {99} {99} {99} {99} {99}, TVA FR{99} {999} {999} {999}",
        "invoice": "Relevé {999999} établi le {date}",
        "due": "Échéance : {date}, commande {9999}/{999}",
        "header": ["Article", "Unités", "Coût", "Total"],
        "totals": ["Sous-total", "Taxe 5 %", "Solde"],
        "bank": "Le solde est à verser avant l'échéance sur le compte FR{99} {9999} {9999} {9999} {9999}. Passé {99} jours, les sommes dues "
        "portent intérêt à {9},{99} % par mois. Renseignements : poste {9999}.",
    },
}

ITEMS = {
    "eng": ["Garden hose, 30 m", "Fence posts", "Lawn seed, 10 kg", "Rubber boots", "Hand saw", "Wheelbarrow", "Flower pots", "Gravel, coarse",
            "Paving slabs", "Watering can", "Bird feeder", "Rake, steel"],
    "fra": ["Pneus été", "Huile moteur 5 l", "Balais d'essuie-glace", "Bougies", "Filtre à air", "Batterie 12 V", "Géométrie", "Vidange",
            "Révision générale", "Câble de frein", "Ampoules", "Lave-glace"],
}

LETTERS = {
    "eng": [
        ["{date}",
         "Dear Mrs. Quigley,",
         "Your claim {999999} for the storm of {date} has been examined. Our surveyor values the roof at {sum} pounds and the fence at {sum} "
         "pounds; the excess under your policy {9999}-{9999} is {999} pounds.",
         "Two points remain open. The photographs numbered {99} to {99} show damage that was there in {9999}, and the builder's estimate of "
         "{sum} pounds does not say which of the {9} chimneys it covers.",
         "Please write to us by {date}, or call {9999} {999} {9999} and ask for room {999}. Without your answer we shall pay {sum} pounds "
         "and close the file.",
         "Yours faithfully,",
         "{name}"],
    ],
    "fra": [
        ["Le {date}",
         "Madame,",
         "Votre déclaration {999999} relative à la tempête du {date} a été examinée. Notre expert évalue la toiture à {sum} euros et la clôture "
         "à {sum} euros ; la franchise prévue au contrat {9999}-{9999} s'élève à {999} euros.",
         "Deux points restent à éclaircir. Les clichés {99} à {99} montrent des dégâts qui existaient déjà en {9999}, et le devis du maçon, "
         "{sum} euros, ne précise pas laquelle des {9} cheminées il concerne.",
         "Merci de nous écrire avant le {date} ou d'appeler le {99} {99} {99} {99} {99}, bureau {999}. Sans réponse, nous réglerons {sum} "
         "euros et le dossier sera clôturé.",
         "Recevez, Madame, l'expression de nos sentiments dévoués.",
         "{name}"],
    ],
}

COLUMNS = {
    "eng": [
        "It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness.",
        "There were a king with a large jaw and a queen with a plain face, on the throne of England. Shelved on {date}, number {9999}.",
        "It was clearer than crystal to the lords of the State preserves of loaves and fishes, that things in general were settled for ever.",
        "France rolled with exceeding smoothness down hill, making paper money and spending it. Bought in {9999} for {99}.{99} pounds.",
        "In England, there was scarcely an amount of order and protection to justify much national boasting.",
    ],
    "fra": [
        "En 1815, M. Charles-François-Bienvenu Myriel était évêque de Digne. C'était un vieillard d'environ soixante-quinze ans.",
        "Quoique ce détail ne touche en aucune manière au fond même de ce que nous avons à raconter. Rangé le {date}, numéro {9999}.",
        "M. Myriel était fils d'un conseiller au parlement d'Aix ; noblesse de robe.",
        "On contait de lui que son père, le réservant pour hériter de sa charge, l'avait marié de fort bonne heure. Acquis en {9999} pour "
        "{99},{99} francs.",
        "La révolution survint, les événements se précipitèrent, les familles parlementaires décimées se dispersèrent.",
    ],
}

REPORTS = {
    "eng": [
        "Census of the bird reserve, {date}",
        "Between {date} and {date} the wardens counted {99,999} birds of {999} kinds. The marsh held {9,999} geese, {999} herons and {99} "
        "bitterns; the pine wood {9,999} finches.",
        "Visitors numbered {999,999}, who paid {sum} pounds at the gate and {sum} pounds in the shop. The new hide, {99}.{9} metres long, was "
        "built in {99} days at a cost of {sum} pounds.",
        "Rainfall was {999}.{9} mm. The water stood at {9}.{99} metres in March and {9}.{99} in August. Of {999} nesting boxes {99} were empty.",
    ],
    "fra": [
        "Recensement de la réserve ornithologique, {date}",
        "Entre le {date} et le {date}, les gardes ont compté {99} {999} oiseaux de {999} espèces. Le marais abritait {9} {999} oies, {999} "
        "hérons et {99} butors ; la pinède, {9} {999} pinsons.",
        "On a reçu {999} {999} visiteurs, qui ont versé {sum} euros à l'entrée et {sum} euros à la boutique. Le nouvel observatoire, long de "
        "{99},{9} mètres, a été bâti en {99} jours pour {sum} euros.",
        "Il est tombé {999},{9} mm de pluie. L'eau se tenait à {9},{99} mètres en mars et à {9},{99} en août. Sur {999} nichoirs, {99} étaient "
        "vides.",
    ],
}
