package fr.opendamir.load;

/** Addresses and bodies, written once: the load should cost the service's processors little. */
final class Requests {
  private final String[][] texts = new String[Kind.values().length][];

  Requests(Questions questions) {
    for (Kind kind : Kind.values()) {
      String[] ofKind = new String[questions.size()];
      for (int rank = 0; rank < ofKind.length; rank++) {
        ofKind[rank] = text(kind, questions.get(rank));
      }
      texts[kind.ordinal()] = ofKind;
    }
  }

  String of(Kind kind, int rank) {
    return texts[kind.ordinal()][rank];
  }

  private static String text(Kind kind, Question question) {
    return switch (kind) {
      case NOTEBOOK, DASHBOARD, CURL -> question.address();
      case CSV -> question.csvAddress();
      case POSTED -> question.posted();
      case GRAPHQL_GET -> question.graphqlAddress();
      case GRAPHQL_POST -> question.graphqlBody();
      case DRY_RUN -> question.dryRunAddress();
      case VOCABULARY -> "";
    };
  }
}
