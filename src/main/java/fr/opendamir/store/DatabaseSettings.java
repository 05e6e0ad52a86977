package fr.opendamir.store;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Properties;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.postgresql.Driver;

/**
 * The address and credentials of the database.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/database}
 * @param username the owner: runs migrations and creates the other roles
 * @param password the owner's password; empty if it has none
 * @param servingSecret the secret from which the passwords of the serving roles are derived; the
 *     owner's password, unless the service must not know that
 */
public record DatabaseSettings(String url, String username, String password, String servingSecret) {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final Pattern SECRET_IN_URL = Pattern.compile("(?i)password=|://[^/?]*@");

  public DatabaseSettings {
    requireUsable("opendamir.database.url", url);
  }

  private static void requireUsable(String setting, String url) {
    if (!url.startsWith(PREFIX)) {
      throw new IllegalArgumentException(
          setting
              + " must start with "
              + PREFIX
              + "//, for instance "
              + PREFIX
              + "//db.example.org:5432/opendamir");
    }
    if (SECRET_IN_URL.matcher(url).find()) {
      // Messages show addresses, but not this one, which may contain a secret.
      throw new IllegalArgumentException(
          setting + " must not hold a password; there is opendamir.database.password-file");
    }
  }

  /** Creates settings whose serving secret is the owner's password. */
  public DatabaseSettings(String url, String username, String password) {
    this(url, username, password, password);
  }

  /** Opens a connection outside any pool. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "open-damir-api");
    return new Driver().connect(url, properties);
  }

  /** The settings of the same database for a role. */
  public DatabaseSettings as(DatabaseRole role) {
    return new DatabaseSettings(url, role.roleName(), rolePassword(role));
  }

  /** The same address for the reactive clients. */
  public String reactiveUrl() {
    return url.substring("jdbc:".length());
  }

  /**
   * The password of a role. It is derived from the owner's password, or for serving roles from the
   * serving secret, so that import and service agree on passwords that are stored nowhere.
   */
  public String rolePassword(DatabaseRole role) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      String secret = role.isServing() ? servingSecret : password;
      byte[] key = ("opendamir:" + secret).getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return HexFormat.of()
          .formatHex(mac.doFinal(role.roleName().getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "DatabaseSettings[url=" + url + ", username=" + username + "]";
  }
}
