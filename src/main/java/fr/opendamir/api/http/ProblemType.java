package fr.opendamir.api.http;

import fr.opendamir.catalog.Label;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Problem types; each has a documentation page under {@code /v1/problems/}. */
public enum ProblemType {
  MALFORMED_QUESTION(
      400,
      new Label("Question mal formée", "Malformed question"),
      new Label(
          "Un paramètre est inconnu ou sa valeur n'est pas comprise. Le champ errors dit lequel, pourquoi,"
              + " et quels noms valides s'en approchent.",
          "A parameter is unknown or its value is not understood. The member errors says which, why, and"
              + " which valid names are similar.")),
  INVALID_KEY(
      401,
      new Label("Clé refusée", "Key refused"),
      new Label(
          "La clé envoyée est mal formée, inconnue, expirée ou révoquée. Sans clé, la lecture reste possible.",
          "The key that was sent is malformed, unknown, expired or revoked. Reading works without one.")),
  NOT_FOUND(
      404,
      new Label("Introuvable", "Not found"),
      new Label(
          "L'adresse ou l'identifiant n'existe pas. La page / et /openapi décrivent ce qui existe.",
          "The address or the identifier does not exist. The page / and /openapi describe what does.")),
  RELEASE_NOT_SERVED(
      404,
      new Label("Version non servie", "Release not served"),
      new Label(
          "Cette version n'existe pas, ou a été retirée quand un de ses mois a été remplacé. /v1/releases"
              + " donne celles qui sont servies.",
          "There is no such release, or it was withdrawn when one of its months was replaced. /v1/releases"
              + " lists those that are served.")),
  METHOD_NOT_ALLOWED(
      405,
      new Label("Méthode non autorisée", "Method not allowed"),
      new Label(
          "L'adresse existe mais pas avec cette méthode HTTP.",
          "The address exists, but not with this HTTP method.")),
  NOT_ACCEPTABLE(
      406,
      new Label("Format non disponible", "Format not available"),
      new Label(
          "Aucun des formats de l'en-tête Accept n'est disponible à cette adresse.",
          "None of the formats of the Accept header is available at this address.")),
  TOO_LARGE_QUESTION(
      413,
      new Label("Question trop grande", "Question too large"),
      new Label(
          "La réponse demanderait de parcourir plus de lignes, ou en compterait plus, qu'une question n'en"
              + " permet. suggestions donne des questions proches qui aboutissent ; dry_run=true dit ce que"
              + " coûte une question.",
          "The answer would take more rows to scan, or have more rows, than one question may. suggestions"
              + " has similar questions that work; dry_run=true says what a question costs.")),
  URI_TOO_LONG(
      414,
      new Label("Adresse trop longue", "Address too long"),
      new Label(
          "L'adresse dépasse ce que le serveur lit. Envoyer la question par POST à /v1/aggregates/query ou /graphql.",
          "The address is longer than the server reads. Send the question by POST to /v1/aggregates/query or /graphql.")),
  UNSUPPORTED_MEDIA_TYPE(
      415,
      new Label("Type de contenu non accepté", "Content type not accepted"),
      new Label(
          "Le corps de la requête doit être application/json.",
          "The body of the request must be application/json.")),
  RANGE_NOT_SATISFIABLE(
      416,
      new Label("Plage hors du fichier", "Range outside the file"),
      new Label(
          "La plage de l'en-tête Range commence après la fin du fichier, dont la longueur est dans"
              + " Content-Range. bytes=-N donne les N derniers octets.",
          "The range of the header Range begins after the end of the file, whose length is in"
              + " Content-Range. bytes=-N are its last N bytes.")),
  IMPOSSIBLE_QUESTION(
      422,
      new Label("Question sans réponse possible", "Question without a meaningful answer"),
      new Label(
          "La question est bien formée mais sa réponse n'aurait pas de sens, par exemple un prix moyen"
              + " sur plusieurs prestations.",
          "The question is well formed but its answer would be meaningless, such as an average price over"
              + " several services.")),
  QUOTA_EXCEEDED(
      429,
      "https://iana.org/assignments/http-problem-types#quota-exceeded",
      new Label("Quota épuisé", "Quota exceeded"),
      new Label(
          "Le quota de l'appelant ne suffit pas. violated-policies dit lequel ; réessayer après le délai de"
              + " l'en-tête Retry-After. /v1/limits donne ce qui reste.",
          "The quota of the caller does not suffice. violated-policies says which; try again after the delay"
              + " in the Retry-After header. /v1/limits says what is left.")),
  TOO_MANY_AT_ONCE(
      429,
      new Label("Trop de questions à la fois", "Too many questions at once"),
      new Label(
          "L'appelant a autant de questions en cours que son plan en permet, ou autant de réponses qu'il n'a"
              + " pas lues. Lire une réponse avant la question suivante.",
          "The caller has as many questions in progress as its plan allows, or as many answers that it has not"
              + " read. Read an answer before the next question.")),
  NOTHING_PUBLISHED(
      503,
      new Label("Rien n'est publié", "Nothing is published"),
      new Label(
          "Aucun mois n'a encore été publié par ce serveur.",
          "This server has not published any month yet.")),
  UNAVAILABLE(
      503,
      new Label("Service momentanément indisponible", "Service temporarily unavailable"),
      new Label(
          "La base de données ou le moteur de calcul ne répond pas, ou la version n'est pas prête. Réessayer"
              + " après le délai de l'en-tête Retry-After.",
          "The database or the engine that computes figures does not answer, or the release is not ready. Try"
              + " again after the delay in the Retry-After header.")),
  INVALID_DOCUMENT(
      400,
      new Label("Document GraphQL non valable", "GraphQL document not valid"),
      new Label(
          "Le document n'a pas la syntaxe de GraphQL, ne correspond pas au schéma, ou ses variables n'ont pas"
              + " la valeur attendue. /graphql/schema.graphql donne le schéma.",
          "The document is not valid GraphQL, does not fit the schema, or its variables have other"
              + " values than expected. The schema is at /graphql/schema.graphql.")),
  DOCUMENT_TOO_COMPLEX(
      400,
      new Label("Document GraphQL trop complexe", "GraphQL document too complex"),
      new Label(
          "Le document dépasse une des limites que donne le champ limits : profondeur, champs, alias,"
              + " éléments lexicaux.",
          "The document exceeds one of the limits that the field limits lists: depth, fields, aliases,"
              + " tokens.")),
  UNKNOWN_DOCUMENT(
      404,
      new Label("Document inconnu", "Unknown document"),
      new Label(
          "Aucun document connu n'a cet identifiant, ou le service n'exécute que des documents connus.",
          "No known document has this id, or the service executes known documents only.")),
  HOST_REFUSED(
      403,
      new Label("Hôte refusé", "Host refused"),
      new Label(
          "Host ou Origin nomme un autre hôte que celui de l'adresse publique (opendamir.http.public-url).",
          "Host or Origin names a host other than that of the public address (opendamir.http.public-url).")),
  REQUEST_TOO_LARGE(
      413,
      new Label("Requête trop longue", "Request too large"),
      new Label(
          "Le corps de la requête dépasse ce que le serveur lit.",
          "The body of the request is longer than the server reads.")),
  HEADER_TOO_LONG(
      431,
      new Label("En-tête trop long", "Header too long"),
      new Label(
          "Un en-tête de la requête est plus long que ce que le service en lit ; detail dit lequel.",
          "A header of the request is longer than the service reads; detail says which.")),
  OVERLOADED(
      503,
      new Label("Service surchargé", "Service overloaded"),
      new Label(
          "Trop de questions attendent leur calcul, ou trop de réponses ou de fichiers sont en cours d'envoi."
              + " Réessayer après le délai de l'en-tête Retry-After.",
          "Too many questions wait to be computed, or too many answers or files are being sent. Try again"
              + " after the delay in the Retry-After header.")),
  REQUEST_REFUSED(
      400,
      new Label("Requête refusée", "Request refused"),
      new Label("La requête HTTP n'est pas valable.", "The HTTP request is not valid.")),
  INTERNAL_ERROR(
      500,
      new Label("Erreur interne", "Internal error"),
      new Label(
          "Une erreur est survenue de notre côté. Le request_id permet de la retrouver.",
          "Something went wrong on our side. The request_id lets us find it."));

  private final int status;
  private final Optional<String> registered;
  private final Label title;
  private final Label description;

  ProblemType(int status, Label title, Label description) {
    this(status, null, title, description);
  }

  /** Creates a type from the IANA registry; it has a documentation page here as well. */
  ProblemType(int status, String registered, Label title, Label description) {
    this.status = status;
    this.registered = Optional.ofNullable(registered);
    this.title = title;
    this.description = description;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  public Label title() {
    return title;
  }

  public Label description() {
    return description;
  }

  /** Whether the type never answers a REST question, only other doors or HTTP in general. */
  public boolean isNotOfRest() {
    return this == INVALID_DOCUMENT
        || this == DOCUMENT_TOO_COMPLEX
        || this == UNKNOWN_DOCUMENT
        || this == HOST_REFUSED
        || this == REQUEST_TOO_LARGE
        || this == HEADER_TOO_LONG;
  }

  /** The last segment of the address of its page. */
  public String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The value of {@code type} in bodies. */
  public String uri() {
    return registered.orElseGet(() -> "/v1/problems/" + slug());
  }

  public static Optional<ProblemType> find(String slug) {
    return Arrays.stream(values()).filter(type -> type.slug().equals(slug)).findFirst();
  }
}
