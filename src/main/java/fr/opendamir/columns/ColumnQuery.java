package fr.opendamir.columns;

import fr.opendamir.query.DataUnavailableException;
import fr.opendamir.query.PreparedQuestion;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** A statement that can be stopped while it runs, on a connection of its own. */
final class ColumnQuery implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(ColumnQuery.class);

  private enum Stop {
    NONE,
    CANCELLED,
    EXPIRED
  }

  private final PreparedQuestion question;
  private final Executor stoppers;
  private final Object ending = new Object();
  private boolean isBeingStopped;
  private Stop stop = Stop.NONE;
  private Connection connection;
  private PreparedStatement statement;
  private boolean isBegun;

  /**
   * Prepares a query.
   *
   * @param stoppers runs the cancellation of a statement, which may take long in a remote engine
   */
  ColumnQuery(PreparedQuestion question, Executor stoppers) {
    this.question = question;
    this.stoppers = stoppers;
  }

  PreparedQuestion question() {
    return question;
  }

  ResultSet start(Connections engine) throws SQLException {
    Connection opened = engine.open();
    synchronized (this) {
      connection = opened;
    }
    PreparedStatement prepared = JdbcStatement.prepare(opened, question);
    synchronized (this) {
      if (stop != Stop.NONE) {
        throw new DataUnavailableException(
            DataUnavailableException.Part.ENGINE, new CancellationException());
      }
      statement = prepared;
      isBegun = true;
    }
    return prepared.executeQuery();
  }

  /** No request waits for the rows; has no effect once the query is closed. */
  synchronized void cancel() {
    if (stop == Stop.NONE) {
      stop = Stop.CANCELLED;
    }
    enforce();
  }

  /**
   * Stops the query if it is cancelled or the time is over. To be called repeatedly: an engine
   * ignores it just before the statement runs.
   *
   * @param end of {@link System#nanoTime}
   */
  synchronized void stopAfter(long end) {
    if (stop == Stop.NONE && System.nanoTime() - end >= 0) {
      stop = Stop.EXPIRED;
    }
    enforce();
  }

  private void enforce() {
    if (stop != Stop.NONE && statement != null && !isBeingStopped) {
      isBeingStopped = true;
      stoppers.execute(this::stopNow);
    }
  }

  /** May block: never on the event loop, nor where other queries' deadlines are watched. */
  private void stopNow() {
    synchronized (ending) { // the connection is not closed meanwhile
      PreparedStatement stopped;
      synchronized (this) {
        stopped = statement;
      }
      try {
        if (stopped != null) {
          stopped.cancel();
        }
      } catch (SQLException e) {
        LOG.debugf("a statement has ended before it was stopped: %s", e.getMessage());
      } finally {
        synchronized (this) {
          isBeingStopped = false;
        }
      }
    }
  }

  /** Whether the statement was given to the engine. */
  synchronized boolean isBegun() {
    return isBegun;
  }

  synchronized boolean isStopped() {
    return stop != Stop.NONE;
  }

  synchronized boolean isCancelled() {
    return stop == Stop.CANCELLED;
  }

  @Override
  public void close() throws SQLException {
    synchronized (ending) {
      Connection closed;
      synchronized (this) {
        closed = connection;
        connection = null;
        statement = null;
      }
      if (closed != null) {
        closed.close(); // with its statements
      }
    }
  }
}
