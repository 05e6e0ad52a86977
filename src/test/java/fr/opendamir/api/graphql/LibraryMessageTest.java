package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages as libraries write them, and as they are told. */
class LibraryMessageTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Validation error (FieldUndefined@[limits/x]) : Field 'x' in type 'Limits' is undefined"
            + "| Field 'x' in type 'Limits' is undefined",
        "Validation error (WrongType@[__type]) : argument 'name' with value 'IntValue{value=1}' is not"
            + " a valid 'String' - Expected an AST type of 'StringValue' but it was a 'IntValue'"
            + "| argument 'name' is not a valid 'String' - Expected a string but was an integer",
        "argument 'a' with value 'EnumValue{name='b'}' is not a valid 'Direction' - Literal value not in"
            + " allowable values for enum 'Direction' - 'EnumValue{name='b'}'"
            + "| argument 'a' is not a valid 'Direction'",
        "argument 'ids[1]' with value 'NullValue{}' must not be null| argument 'ids[1]' must not be null",
        "argument 'orderBy[0]' with value 'ArrayValue{values=[ObjectValue{objectFields=[]}]}' contains a"
            + " field not in 'SpendingOrder': 'Q'"
            + "| argument 'orderBy[0]' contains a field not in 'SpendingOrder': 'Q'",
        "argument 'first' with value 'EnumValue{name='v'}' is not a valid 'Int' - SRGQL000015: Expected"
            + " AST type 'IntValue' or 'StringValue' but was 'EnumValue'."
            + "| argument 'first' is not a valid 'Int' - Expected an integer or a string but was a name.",
        "Variable 'v' has an invalid value: Expected type 'Map' but was 'Integer'. Variables for input"
            + " objects must be an instance of type 'Map'."
            + "| Variable 'v' has an invalid value: Expected an object but was an integer",
        "Variable 'v' has an invalid value: SRGQL000013: Expected type [Int] but was [LinkedHashMap]."
            + "| Variable 'v' has an invalid value: Expected type [Int] but was an object.",
        "Variable 'v' has an invalid value: Expected a String input, but it was a 'Integer'"
            + "| Variable 'v' has an invalid value: Expected a String input, but was an integer",
        "Variable 'v' has coerced Null value for NonNull type 'Int!'"
            + "| Variable 'v' must not be null: it is of type 'Int!'",
        "Variable 'v' has an invalid value: Coerced Null value for NonNull type 'SpendingOrder!'"
            + "| Variable 'v' has an invalid value: must not be null: it is of type 'SpendingOrder!'",
        "Invalid syntax with ANTLR error 'token recognition error at: 'é'' at line 1 column 39"
            + "| Invalid syntax at line 1 column 39: this is not GraphQL",
        "Unknown Scalar Type [java.util.Map]| Map"
      })
  void libraryMessagesAreToldInTermsOfGraphql(String message, String told) {
    assertThat(LibraryMessage.told(message)).isEqualTo(told);
  }
}
