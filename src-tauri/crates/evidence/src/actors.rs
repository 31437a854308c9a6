//! Words for those who act: persons, offices and bodies.

use crate::text::{Language, is_listed};

const ENGLISH: &str = " tenant tenants landlord lessor lessee employee employees employer staff worker workers doctor doctors nurse nurses patient \
    patients pupil pupils student students child children parent parents mother father son daughter wife husband spouse sister brother neighbour \
    neighbours man men woman women people person persons member members committee board council court tribunal judge judges jury police company \
    firm club society association bank insurer customer customers client clients provider supplier contractor buyer seller vendor owner owners hirer \
    driver drivers treasurer secretary chair chairman chairwoman president director manager mayor minister ministry office authority government \
    commission team union guest guests visitor visitors caretaker pharmacist physician surgeon therapist lawyer solicitor notary executor heir \
    heirs witness witnesses expert experts inspector engineer architect plumber electrician teacher teachers school hospital clinic agency \
    department service users adults applicant applicants borrower lender guarantor beneficiary party parties partner partners shareholder \
    shareholders cyclist cyclists pedestrian smokers museum gallery university college founder editor author artist painter \
    auditor auditors receiver sender seller recipient recipients donor trustee trustees creditor debtor claimant defendant plaintiff ";
const FRENCH: &str = " locataire locataires bailleur preneur salarie salaries salariee employeur personnel agent agents medecin medecins infirmier \
    infirmiere patient patients eleve eleves etudiant etudiants enfant enfants parent parents mere pere fils fille epoux epouse soeur frere voisin \
    voisins homme hommes femme femmes personnes membre membres comite bureau conseil cour tribunal juge juges police gendarmerie societe \
    entreprise club association banque assureur client clients clientes prestataire fournisseur vendeur acheteur proprietaire proprietaires \
    conducteur tresorier tresoriere secretaire president presidente directeur directrice gerant maire mairie prefet ministre ministere autorite \
    gouvernement commission equipe syndicat syndic gardien gardienne pharmacien chirurgien avocat notaire executeur heritier heritiers temoin \
    temoins expert experts inspecteur ingenieur architecte plombier electricien technicien enseignant enseignants ecole hopital clinique agence \
    service usagers adultes demandeur declarant emprunteur preteur garant beneficiaire partie parties associe associes actionnaires copropriete \
    coproprietaire coproprietaires delegue deleguee conseiller conseillere douane pompiers porteurs fumeurs pieton pietons cycliste \
    cyclistes musee galerie universite destinataire donateur creancier debiteur demanderesse defendeur auteur artiste peintre caution victime passager passagers ";

/// Whether a folded word names someone who acts.
pub(crate) fn names_actor(word: &str, language: Language) -> bool {
    let english = || is_listed(ENGLISH, word);
    let french = || is_listed(FRENCH, word);
    match language {
        Language::English => english(),
        Language::French => french(),
        Language::Other => english() || french(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_persons_and_bodies_act() {
        assert!(names_actor("tenant", Language::English) && names_actor("mairie", Language::French));
        assert!(!names_actor("rent", Language::English) && !names_actor("tenant", Language::French));
    }
}
