// The texts of the page in French and English.

/** The language of the page, which the server wrote into it. */
export const language = document.documentElement.lang === "en" ? "en" : "fr";

/** @type {Record<string, [string, string]>} French, English; {0} and {1} are replaced. */
const WORDS = {
  measures: ["Mesures", "Measures"],
  by: ["par", "by"],
  where: ["pour", "for"],
  period: ["période", "period"],
  addMeasure: ["Ajouter une mesure", "Add a measure"],
  addLevel: ["Ajouter un axe", "Add a breakdown"],
  addFilter: ["Ajouter un filtre", "Add a filter"],
  searchCodes: ["Chercher dans « {0} »", "Search in “{0}”"],
  nothingFound: ["Rien ne correspond à « {0} ».", "Nothing matches “{0}”."],
  moreFound: ["{0} autres : précisez la recherche.", "{0} more: refine the search."],
  searchFailed: ["La recherche a échoué. Réessayez.", "The search failed. Try again."],
  searching: ["Recherche…", "Searching…"],
  remove: ["Retirer {0}", "Remove {0}"],
  allBut: ["Tous sauf ceux-ci", "All but these"],
  wholePeriod: ["Tous les mois publiés", "All published months"],
  lastMonths: ["Les {0} derniers mois", "The last {0} months"],
  chosenPeriod: ["Du … au …", "From … to …"],
  from: ["du mois", "from month"],
  to: ["au mois", "to month"],
  compareTo: ["comparée à", "compared with"],
  nothing: ["rien", "nothing"],
  previousYear: ["un an plus tôt", "one year earlier"],
  previousPeriod: ["la période précédente", "the period before"],
  earlier: ["{0}, avant", "{0}, before"],
  change: ["{0}, évolution", "{0}, change"],
  otherParameters: ["autres conditions", "other conditions"],
  query: ["Adresse de la question", "Address of the question"],
  queryHelp: ["Modifiable : les paramètres de /v1/aggregates.", "Editable: the parameters of /v1/aggregates."],
  open: ["Ouvrir", "Open"],
  inApi: ["Réponse de l'API", "Answer of the API"],
  ask: ["Afficher la réponse", "Show the answer"],
  undo: ["Revenir à la question affichée", "Back to the question shown"],
  estimate: ["Au plus {0} lignes, {1} unités.", "At most {0} rows, {1} units."],
  cached: ["Réponse déjà calculée.", "Already computed."],
  notDisclosedShare: ["{0} non diffusé : {1}", "{0} not disclosed: {1}"],
  estimating: ["Estimation…", "Estimating…"],
  view: ["Vue", "View"],
  table: ["Tableau", "Table"],
  bars: ["Barres", "Bars"],
  line: ["Courbes", "Lines"],
  map: ["Carte", "Map"],
  drawn: ["Mesure représentée", "Measure shown"],
  axis: ["Axe horizontal", "Horizontal axis"],
  needsOneLevel: ["il faut au moins un axe", "needs at least one breakdown"],
  needsOrder: [
    "il faut une période ou une tranche d'âge parmi les axes",
    "needs a period or an age band among the breakdowns",
  ],
  needsTwo: ["une courbe montre deux axes au plus", "lines show at most two breakdowns"],
  needsRegion: ["il faut la région comme seul axe", "needs the region as the only breakdown"],
  needsValues: ["aucune valeur à représenter", "no value to draw"],
  tooManyBars: [
    "les {0} premières valeurs sur {1} ; le tableau les a toutes",
    "the first {0} of {1} values; the table has all",
  ],
  rowsShown: ["{0} lignes sur {1}", "{0} of {1} rows"],
  rowsAll: ["{0} lignes", "{0} rows"],
  showMore: ["Demander jusqu'à 10 000 lignes", "Ask for up to 10,000 rows"],
  sortBy: ["Trier par {0}", "Sort by {0}"],
  suppressed: ["secret", "suppressed"],
  noDenominator: ["sans dénominateur", "no denominator"],
  noData: ["sans valeur", "no value"],
  legendNd: [
    "Non diffusé : compté dans les totaux, sans ce détail",
    "Not disclosed: in every total, without this detail",
  ],
  legendSuppressed: ["Secret : de 1 à 10 actes au net, chiffre masqué", "Suppressed: 1 to 10 acts net, figure hidden"],
  legendNoDenominator: [
    "Sans dénominateur : population inconnue pour ce code",
    "No denominator: the population of this code is unknown",
  ],
  legendNoData: ["Sans valeur : rien à calculer ici", "No value: nothing to calculate here"],
  whyNd: ["Pourquoi « non diffusé » ?", "Why “not disclosed”?"],
  ndExplained: [
    "Chaque chiffre est une somme de blocs d'au moins onze contributeurs. Ce qui ne peut pas être détaillé sans descendre plus " +
      "bas reste dans les totaux, sous le code ND.",
    "Every figure is a sum of blocks of at least eleven contributors. What cannot be detailed without going below that stays in " +
      "the totals, under the code ND.",
  ],
  method: ["La méthode", "The method"],
  loading: ["Calcul de la réponse…", "Computing the answer…"],
  cancel: ["Annuler", "Cancel"],
  cancelled: ["Demande annulée", "Request cancelled"],
  again: ["Demander à nouveau", "Ask again"],
  empty: ["Aucune ligne ne répond à cette question.", "No row answers this question."],
  emptyHelp: ["Retirez une condition ou élargissez la période.", "Remove a condition or widen the period."],
  withoutFilter: ["Sans le filtre « {0} »", "Without the filter “{0}”"],
  withoutConditions: ["Sans les autres conditions", "Without the other conditions"],
  withoutPeriod: ["Sur tous les mois publiés", "Over all published months"],
  offline: ["Le service est injoignable", "The service cannot be reached"],
  offlineHelp: [
    "La dernière réponse reste affichée, grisée. Nouvel essai dès que la connexion revient.",
    "The last answer stays, greyed. It is tried again as soon as the connection is back.",
  ],
  failed: ["La page n'a pas pu lire les listes du service", "The page could not read the service's lists"],
  whatWorks: ["Ce qui marcherait", "What would work"],
  retryAfter: ["Réessayez dans {0} secondes.", "Try again in {0} seconds."],
  requestId: ["Référence de la demande : {0}", "Reference of the request: {0}"],
  useInstead: ["{0} : utiliser « {1} »", "{0}: use “{1}”"],
  perInhabitant: ["Par habitant", "Per inhabitant"],
  sumOnMap: ["Surface des cercles proportionnelle au montant", "Area of circles proportional to the amount"],
  followsPopulation: [
    "Un total suit surtout la population de la région.",
    "A total mostly follows the population of the region.",
  ],
  changeQuestion: ["Modifier la question", "Change the question"],
  overseas: ["Outre-mer", "Overseas"],
  corsica: [
    "Provence-Alpes-Côte d'Azur et Corse ensemble (code 93)",
    "Provence-Alpes-Côte d'Azur and Corsica together (code 93)",
  ],
  mapSource: [
    "Contours : IGN Admin Express 2018, Licence Ouverte",
    "Outlines: IGN Admin Express 2018, Licence Ouverte",
  ],
  provisional: ["provisoire", "provisional"],
  source: ["Source : {0}", "Source: {0}"],
  releaseWord: ["version {0}", "release {0}"],
  take: ["Emporter", "Take it away"],
  download: ["Télécharger", "Download"],
  picture: ["Graphique", "Chart"],
  code: ["Code", "Code"],
  copy: ["Copier", "Copy"],
  copied: ["Copié", "Copied"],
  cite: ["Citer", "Cite"],
  share: ["Partager", "Share"],
  shareMoving: ["Lien qui suit les publications", "Link that follows publications"],
  shareMovingHelp: [
    "Les chiffres changeront à la prochaine version.",
    "Its figures will change with the next release.",
  ],
  sharePinned: ["Lien figé sur la version {0}", "Link pinned to release {0}"],
  sharePinnedHelp: [
    "Les chiffres ne changeront pas, tant que cette version est servie.",
    "Its figures will not change, as long as this release is served.",
  ],
  pinnedNow: ["Figée sur la version {0}.", "Pinned to release {0}."],
  unpin: ["Suivre la version la plus récente", "Follow the newest release"],
  citation: ["{0}. {1}, version {2}. {3}, consulté le {4}.", "{0}. {1}, release {2}. {3}, accessed {4}."],
  whole: [
    "Les fichiers sont complets, quel que soit le nombre de lignes affichées.",
    "Files are complete, whatever number of rows is shown.",
  ],
  csv: ["CSV", "CSV"],
  csvExcel: ["CSV pour Excel", "CSV for Excel"],
  xlsx: ["Excel (XLSX)", "Excel (XLSX)"],
  parquet: ["Parquet", "Parquet"],
  "sdmx-csv": ["SDMX-CSV", "SDMX-CSV"],
  ndjson: ["NDJSON", "NDJSON"],
  "json-stat": ["JSON-stat", "JSON-stat"],
  excel: ["Excel (Power Query)", "Excel (Power Query)"],
  noSql: [
    "Sans équivalent simple en SQL : prendre le CSV.",
    "No simple equivalent in SQL: take the CSV.",
  ],
  noGraphql: [
    "Conditions que la page ne traduit pas en GraphQL.",
    "Conditions that the page does not translate to GraphQL.",
  ],
  unit: ["en {0}", "in {0}"],
  notes: ["À savoir", "Good to know"],
  detail: ["Ce que mesurent ces colonnes", "What these columns measure"],
};

/**
 * A text in the language of the page.
 * @param {string} key @param {...(string | number)} values
 */
export function say(key, ...values) {
  const texts = WORDS[key];
  return texts[language === "en" ? 1 : 0].replace(/\{(\d)\}/g, (_, index) => String(values[index]));
}

/** Quotation marks of the language. @param {string} text */
export function quoted(text) {
  return language === "en" ? `“${text}”` : `« ${text} »`;
}

/** @param {string[]} items such as "a, b and c" */
export function listed(items) {
  return new Intl.ListFormat(language === "en" ? "en-GB" : "fr-FR").format(items);
}
