package fr.opendamir.api.graphql;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewrites messages of the parsing, validation and conversion libraries in GraphQL terms, without
 * names of Java classes, which mean nothing to the author of a document.
 */
final class LibraryMessage {
  /** Maximum characters of a message, which may repeat input. */
  private static final int LONGEST = 500;

  /** The library's name for the type of an argument that it cannot convert. */
  private static final Pattern CLASS =
      Pattern.compile("Unknown Scalar Type \\[(?:\\w+\\.)*(\\w+)]");

  /** A prefix such as {@code Validation error (WrongType@[spending]) : }. */
  private static final Pattern RULE = Pattern.compile("^Validation error \\([^)]*\\) : ");

  private static final Pattern NUMBER = Pattern.compile("SRGQL\\d+: ");

  private static final Pattern UNREADABLE =
      Pattern.compile("(?s)Invalid syntax with ANTLR error '.*' at line (\\d+) column (\\d+)");

  /**
   * A value printed as library classes; redundant, because the message has the argument and the
   * location.
   */
  private static final Pattern VALUE =
      Pattern.compile(
          "(?s) with value '.*' (?=is not a valid '|must not be null|must be an|contains a field|is missing)");

  private static final Pattern SAME_VALUE =
      Pattern.compile("(?s) - Literal value not in allowable values for enum '\\w+' - '.*'");

  private static final Pattern NOT_A_NUMBER =
      Pattern.compile("(?s) - Can not parse an? \\w+ from \\[.*]");

  private static final Pattern NULL =
      Pattern.compile("(?:has c|C)oerced Null value for NonNull type '([^']*)'");

  private static final Pattern OBJECT =
      Pattern.compile(
          "Expected type 'Map' but was '(\\w+)'\\. Variables for input objects must be an instance of"
              + " type 'Map'\\.");

  private static final Pattern KIND =
      Pattern.compile("(?:an )?AST type (?:of )?'\\w+'(?: or '\\w+')*");

  private static final Pattern FOUND =
      Pattern.compile("but (?:it )?was (?:an? )?['\\[](\\w+)['\\]]");

  private static final Pattern WORD = Pattern.compile("'(\\w+)'");

  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("StringValue", "a string"),
          Map.entry("IntValue", "an integer"),
          Map.entry("FloatValue", "a number"),
          Map.entry("BooleanValue", "a boolean"),
          Map.entry("EnumValue", "a name"),
          Map.entry("ArrayValue", "a list"),
          Map.entry("ObjectValue", "an object"),
          Map.entry("NullValue", "null"),
          Map.entry("VariableReference", "a variable"),
          Map.entry("String", "a string"),
          Map.entry("Integer", "an integer"),
          Map.entry("Long", "an integer"),
          Map.entry("BigInteger", "an integer"),
          Map.entry("Double", "a number"),
          Map.entry("BigDecimal", "a number"),
          Map.entry("Boolean", "a boolean"));

  private LibraryMessage() {}

  /** Rewrites a message for clients. */
  static String told(String message) {
    String own = CLASS.matcher(message).replaceAll("$1");
    own = RULE.matcher(own).replaceFirst("");
    own = NUMBER.matcher(own).replaceAll("");
    own =
        UNREADABLE
            .matcher(own)
            .replaceAll("Invalid syntax at line $1 column $2: this is not GraphQL");
    own = VALUE.matcher(own).replaceFirst(" ");
    own = SAME_VALUE.matcher(own).replaceFirst("");
    own = NOT_A_NUMBER.matcher(own).replaceFirst("");
    own = NULL.matcher(own).replaceAll("must not be null: it is of type '$1'");
    own =
        OBJECT
            .matcher(own)
            .replaceAll(found -> "Expected an object but was " + kind(found.group(1)));
    own = KIND.matcher(own).replaceAll(kinds -> Matcher.quoteReplacement(kinds(kinds.group())));
    own = FOUND.matcher(own).replaceAll(found -> "but was " + kind(found.group(1)));
    return own.length() > LONGEST ? own.substring(0, LONGEST) + "…" : own;
  }

  private static String kinds(String text) {
    StringBuilder kinds = new StringBuilder();
    Matcher word = WORD.matcher(text);
    while (word.find()) {
      kinds.append(kinds.length() == 0 ? "" : " or ").append(kind(word.group(1)));
    }
    return kinds.toString();
  }

  /** The GraphQL kind of a Java class; JDK collections appear under many class names. */
  private static String kind(String type) {
    if (type.endsWith("Map")) {
      return "an object";
    }
    return KINDS.getOrDefault(type, type.endsWith("List") ? "a list" : "something else");
  }
}
