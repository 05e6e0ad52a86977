package fr.opendamir.columns;

import java.sql.Connection;
import java.sql.SQLException;

/** Opens connections to an engine. Not pooled: opening one costs microseconds in DuckDB. */
interface Connections extends AutoCloseable {
  Connection open() throws SQLException;

  @Override
  void close();
}
