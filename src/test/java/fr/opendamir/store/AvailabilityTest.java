package fr.opendamir.store;

import static org.assertj.core.api.Assertions.assertThat;

import fr.opendamir.query.DataUnavailableException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AvailabilityTest {
  @Test
  void aServerThatIsNotThereIsAway() {
    for (Throwable failure :
        List.of(
            new IOException("refused"),
            new TimeoutException(),
            ClosedConnectionException.INSTANCE,
            refused("08006"),
            refused("57P01"),
            refused("57P03"),
            new IllegalStateException(new IOException("refused")))) {
      assertIsTemporary(failure);
    }
  }

  @Test
  void aServerThatIsFullMayAnswerLater() {
    for (Throwable failure : List.of(refused("53300"), refused("53200"))) {
      assertIsTemporary(failure);
    }
  }

  @Test
  void aStatementThatRanOutOfTimeMayBeAskedAgain() {
    assertIsTemporary(refused("57014"));
  }

  /** Callers pay for it, and not for a server that is not there. */
  @Test
  void whatWasGivenUpWasWorkedOn() {
    for (String state : List.of("57014", "53100", "53200", "53400")) {
      assertThat(Availability.translate(refused(state)))
          .isInstanceOfSatisfying(
              DataUnavailableException.class, e -> assertThat(e.isAfterWork()).isTrue());
    }
    for (String state : List.of("57P01", "53300", "08006")) {
      assertThat(Availability.translate(refused(state)))
          .isInstanceOfSatisfying(
              DataUnavailableException.class, e -> assertThat(e.isAfterWork()).isFalse());
    }
  }

  @Test
  void aWrongStatementIsNobodysAbsence() {
    for (Throwable failure :
        List.of(refused("42P01"), refused("22P02"), refused(null), new IllegalStateException())) {
      assertThat(Availability.translate(failure)).isSameAs(failure);
    }
  }

  private static void assertIsTemporary(Throwable failure) {
    assertThat(Availability.translate(failure))
        .as("%s", failure)
        .isInstanceOfSatisfying(
            DataUnavailableException.class,
            e -> assertThat(e.part()).isEqualTo(DataUnavailableException.Part.DATABASE));
  }

  private static PgException refused(String state) {
    return new PgException("no", "ERROR", state, "");
  }
}
