package fr.opendamir.attack;

import java.util.List;

/** What the interface answers of a month of a release. */
final class AskedFigures implements PublishedFigures {
  /** As many levels as a question may group by. */
  private static final List<String> FINEST =
      List.of("region", "age_band", "sex", "service", "exemption", "care_lag");

  private final AttackClient client;
  private final String month;
  private final String release;

  AskedFigures(AttackClient client, String month, String release) {
    this.client = client;
    this.month = month;
    this.release = release;
  }

  @Override
  public List<AnswerRow> rows(List<String> levels) {
    return client
        .ask(
            Question.of(levels)
                .measures(FullMonth.MEASURES.toArray(String[]::new))
                .with("month", month)
                .with("release", release))
        .rows();
  }

  @Override
  public List<String> finest() {
    return FINEST;
  }

  @Override
  public int questions() {
    return client.questions();
  }
}
