package fr.opendamir.load;

/** The kinds of requests of a hackathon, and how many of a thousand requests are of each. */
enum Kind {
  NOTEBOOK("REST JSON", 330),
  DASHBOARD("REST JSON, revalidated", 240),
  CURL("REST JSON, not compressed", 40),
  CSV("REST CSV", 80),
  POSTED("REST POST", 40),
  GRAPHQL_GET("GraphQL GET, revalidated", 110),
  GRAPHQL_POST("GraphQL POST", 100),
  VOCABULARY("vocabulary", 50),
  DRY_RUN("dry run", 10);

  private static final Kind[] BY_DRAW = new Kind[1000];

  static {
    int next = 0;
    for (Kind kind : values()) {
      for (int i = 0; i < kind.share; i++) {
        BY_DRAW[next++] = kind;
      }
    }
    if (next != BY_DRAW.length) {
      throw new IllegalStateException("shares are of a thousand");
    }
  }

  private final String title;
  private final int share;

  Kind(String title, int share) {
    this.title = title;
    this.share = share;
  }

  String title() {
    return title;
  }

  /** Whether the reader keeps answers, and asks whether they are still right. */
  boolean isRevalidated() {
    return this == DASHBOARD || this == GRAPHQL_GET;
  }

  /** Whether equal requests get equal bytes, under an entity tag. */
  boolean hasTag() {
    return this != GRAPHQL_POST && this != VOCABULARY && this != DRY_RUN;
  }

  static Kind drawn(int ofThousand) {
    return BY_DRAW[ofThousand];
  }
}
