package fr.opendamir.api.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.BooleanValue;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class NumberTypeTest {
  private static Object literal(GraphQLScalarType type, Value<?> value) {
    return type.getCoercing()
        .parseLiteral(
            value, CoercedVariables.emptyVariables(), GraphQLContext.getDefault(), Locale.ENGLISH);
  }

  private static Object variable(GraphQLScalarType type, Object value) {
    return type.getCoercing().parseValue(value, GraphQLContext.getDefault(), Locale.ENGLISH);
  }

  @Test
  void integersMayBeStringsAndHaveZerosBehindThePoint() {
    for (Value<?> five :
        List.of(IntValue.of(5), StringValue.of("5"), FloatValue.of(5.0), StringValue.of("5.0"))) {
      assertThat(literal(NumberType.INT, five)).isEqualTo(5);
    }
    assertThat(variable(NumberType.INT, "5")).isEqualTo(5);
    assertThat(variable(NumberType.INT, 5.0)).isEqualTo(5);
  }

  @Test
  void whatIsNoIntegerIsRefused() {
    for (Value<?> none :
        List.of(
            FloatValue.of(5.5),
            StringValue.of("x"),
            StringValue.of("4294967297"),
            StringValue.of("1e999999999"),
            BooleanValue.of(true))) {
      assertThatThrownBy(() -> literal(NumberType.INT, none))
          .isInstanceOf(CoercingParseLiteralException.class);
    }
    for (Object none : List.of(5.5, "x", 4294967297L, true, List.of(1))) {
      assertThatThrownBy(() -> variable(NumberType.INT, none))
          .isInstanceOf(CoercingParseValueException.class);
    }
  }

  @Test
  void noNumberTakesTheMemoryOfItsZeros() {
    assertThatThrownBy(() -> literal(NumberType.BIG_INTEGER, StringValue.of("1e999999999")))
        .isInstanceOf(CoercingParseLiteralException.class);
  }

  @Test
  void integersInDocumentsAreNotCutToTheirLowerBits() {
    assertThat(literal(NumberType.INT, new IntValue(new BigInteger("4294967297"))))
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(literal(NumberType.INT, new IntValue(new BigInteger("-4294967295"))))
        .isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void decimalsStayAsTheyAreWritten() {
    assertThat(literal(NumberType.BIG_DECIMAL, StringValue.of("1000.50")))
        .isEqualTo(new BigDecimal("1000.50"));
    assertThat(literal(NumberType.BIG_DECIMAL, StringValue.of("1e99999")))
        .isEqualTo(new BigDecimal("1e99999"));
    assertThat(variable(NumberType.BIG_DECIMAL, new BigDecimal("12345678901234567890.5")))
        .isEqualTo(new BigDecimal("12345678901234567890.5"));
  }
}
