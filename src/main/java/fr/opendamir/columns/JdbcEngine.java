package fr.opendamir.columns;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.ServiceLoader;

/** An engine that the operator runs, through a driver that the operator names. */
final class JdbcEngine implements Connections {
  private final URLClassLoader classes;
  private final Driver driver;
  private final String url;

  JdbcEngine(ColumnsConfig.JdbcConfig config) {
    this.url = config.url().orElseThrow(() -> missing("url"));
    Path jar = config.driver().orElseThrow(() -> missing("driver"));
    try {
      this.classes =
          new URLClassLoader(new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("not the path of a driver: " + jar, e);
    }
    this.driver =
        ServiceLoader.load(Driver.class, classes).stream()
            .filter(provider -> provider.type().getClassLoader() == classes)
            .map(ServiceLoader.Provider::get)
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no JDBC driver is in " + jar));
  }

  private static IllegalArgumentException missing(String setting) {
    return new IllegalArgumentException(
        "opendamir.columns.engine=jdbc needs opendamir.columns.jdbc." + setting);
  }

  @Override
  public Connection open() throws SQLException {
    Connection connection = driver.connect(url, new Properties());
    if (connection == null) {
      throw new SQLException(
          "the driver does not accept the address in opendamir.columns.jdbc.url");
    }
    return connection;
  }

  @Override
  public void close() {
    try {
      classes.close();
    } catch (IOException e) {
      throw new IllegalStateException("the driver cannot be closed", e);
    }
  }
}
