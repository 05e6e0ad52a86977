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
 * How to reach the database as its owner.
 *
 * @param url JDBC URL, {@code jdbc:postgresql://host:port/database}
 * @param username the owner: runs migrations and creates the other roles
 * @param password of the owner; empty where it has none
 * @param servingSecret what the passwords of the serving roles are derived from; the owner's
 *     password unless the service is to know less than that
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
      // Addresses are shown in messages about them: this one may hold a secret and is not.
      throw new IllegalArgumentException(
          setting + " must not hold a password; there is opendamir.database.password-file");
    }
  }

  /** The serving roles' passwords are derived from the owner's too. */
  public DatabaseSettings(String url, String username, String password) {
    this(url, username, password, password);
  }

  /** A connection of its own, not of a pool. */
  public Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", username);
    properties.setProperty("password", password);
    properties.setProperty("ApplicationName", "open-damir-api");
    return new Driver().connect(url, properties);
  }

  /** The same database as one of the roles. */
  public DatabaseSettings as(DatabaseRole role) {
    return new DatabaseSettings(url, role.roleName(), rolePassword(role));
  }

  /** The same address for the reactive clients. */
  public String reactiveUrl() {
    return url.substring("jdbc:".length());
  }

  /**
   * The password of a role: derived from the owner's, so that three settings are enough and import
   * and service agree without keeping a secret anywhere; for the serving roles from the serving
   * secret, where there is one.
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
