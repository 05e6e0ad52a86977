package fr.opendamir.testing;

import fr.opendamir.catalog.Measure;
import fr.opendamir.query.CellStream;
import fr.opendamir.query.Cells;
import fr.opendamir.query.ColumnSource;
import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import fr.opendamir.query.ResultRow;
import fr.opendamir.query.SourceTables;
import fr.opendamir.query.StreamedQuestion;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.Priority;
import jakarta.decorator.Decorator;
import jakarta.decorator.Delegate;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Columns of the service under test, whose statements a test can hold up or let fail. */
@Decorator
@Priority(1)
public class HeldColumns implements ColumnSource {
  private static final List<UniEmitter<? super Boolean>> WAITING = new ArrayList<>();
  private static volatile State state = State.OPEN;

  private enum State {
    OPEN,
    HELD,
    AWAY,
    BREAKING
  }

  private final ColumnSource columns;

  @Inject
  HeldColumns(@Delegate @Any ColumnSource columns) {
    this.columns = columns;
  }

  /** Until it is closed, columns are not as usual. */
  public static final class Hold implements AutoCloseable {
    private Hold() {}

    /** Ends it early. */
    public void release() {
      synchronized (WAITING) {
        state = State.OPEN;
      }
      end(emitter -> emitter.complete(true));
    }

    @Override
    public void close() {
      release();
    }
  }

  /** Holds up every statement that comes from now on. */
  public static Hold hold() {
    return become(State.HELD);
  }

  /** Lets every statement fail. */
  public static Hold away() {
    return become(State.AWAY);
  }

  /** Lets streams fail after some of their rows. */
  public static Hold breaking() {
    return become(State.BREAKING);
  }

  private static Hold become(State now) {
    synchronized (WAITING) {
      state = now;
    }
    return new Hold();
  }

  /** Statements that wait. */
  public static int waiting() {
    synchronized (WAITING) {
      return WAITING.size();
    }
  }

  /** Gives up the statements that wait, as the engine does after a timeout. */
  public static void giveUp() {
    end(
        emitter ->
            emitter.fail(
                new DataUnavailableException(
                    DataUnavailableException.Part.ENGINE, new TimeoutException(), true)));
  }

  private static void end(Consumer<UniEmitter<? super Boolean>> how) {
    List<UniEmitter<? super Boolean>> ended;
    synchronized (WAITING) {
      ended = List.copyOf(WAITING);
      WAITING.clear();
    }
    ended.forEach(how);
  }

  @Override
  public SourceTables tables() {
    return columns.tables();
  }

  @Override
  public Uni<Cells> run(PreparedQuestion question) {
    return turn().chain(() -> columns.run(question));
  }

  @Override
  public Uni<CellStream> open(StreamedQuestion question) {
    return turn()
        .chain(() -> columns.open(question))
        .map(rows -> state == State.BREAKING ? new Breaking(rows) : rows);
  }

  private static Uni<Boolean> turn() {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              synchronized (WAITING) {
                if (state == State.AWAY) {
                  emitter.fail(
                      new DataUnavailableException(
                          DataUnavailableException.Part.ENGINE, new IllegalStateException("away")));
                  return;
                }
                if (state == State.HELD) {
                  WAITING.add(emitter);
                  emitter.onTermination(
                      () -> {
                        synchronized (WAITING) {
                          WAITING.remove(emitter);
                        }
                      });
                  return;
                }
              }
              emitter.complete(true);
            });
  }

  /** Fails at the third fetch. */
  private static final class Breaking implements CellStream {
    private final CellStream rows;
    private int fetches;

    Breaking(CellStream rows) {
      this.rows = rows;
    }

    @Override
    public int publishedImports() {
      return rows.publishedImports();
    }

    @Override
    public long total() {
      return rows.total();
    }

    @Override
    public Map<Measure, BigDecimal> coverage() {
      return rows.coverage();
    }

    @Override
    public Uni<List<ResultRow>> next() {
      return ++fetches < 3
          ? rows.next()
          : Uni.createFrom()
              .failure(
                  new DataUnavailableException(
                      DataUnavailableException.Part.ENGINE,
                      new IllegalStateException("broken"),
                      true));
    }

    @Override
    public Uni<Void> close() {
      return rows.close();
    }
  }
}
