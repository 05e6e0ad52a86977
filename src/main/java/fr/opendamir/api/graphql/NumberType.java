package fr.opendamir.api.graphql;

import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.language.Value;
import graphql.schema.Coercing;
import graphql.schema.CoercingParseLiteralException;
import graphql.schema.CoercingParseValueException;
import graphql.schema.CoercingSerializeException;
import graphql.schema.GraphQLScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.function.Function;

/** A type of numbers. Arguments may also be strings of digits, and {@code 5.0} is an integer. */
final class NumberType implements Coercing<Number, Number> {
  /** More digits than any figure has; {@code 1e999999999} would take all memory. */
  private static final int MOST_DIGITS = 400;

  static final GraphQLScalarType INT =
      scalar("Int", BigDecimal::intValueExact, NumberType::nearestInt);
  static final GraphQLScalarType BIG_INTEGER =
      scalar("BigInteger", NumberType::toBigInteger, digits -> digits);
  static final GraphQLScalarType BIG_DECIMAL =
      scalar("BigDecimal", number -> number, BigDecimal::new);

  private final String name;
  private final Function<BigDecimal, Number> exactly;
  private final Function<BigInteger, Number> ofDigits;

  private NumberType(
      String name, Function<BigDecimal, Number> exactly, Function<BigInteger, Number> ofDigits) {
    this.name = name;
    this.exactly = exactly;
    this.ofDigits = ofDigits;
  }

  private static GraphQLScalarType scalar(
      String name, Function<BigDecimal, Number> exactly, Function<BigInteger, Number> ofDigits) {
    return GraphQLScalarType.newScalar()
        .name(name)
        .description("Scalar for " + name)
        .coercing(new NumberType(name, exactly, ofDigits))
        .build();
  }

  /** Bounds of arguments are narrower, and are explained better than those of the type. */
  private static Number nearestInt(BigInteger digits) {
    return digits
        .max(BigInteger.valueOf(Integer.MIN_VALUE))
        .min(BigInteger.valueOf(Integer.MAX_VALUE))
        .intValue();
  }

  private static Number toBigInteger(BigDecimal number) {
    if ((long) number.precision() - number.scale() > MOST_DIGITS) {
      throw new ArithmeticException("too many digits");
    }
    return number.toBigIntegerExact();
  }

  @Override
  public Number serialize(Object value, GraphQLContext context, Locale locale) {
    try {
      return exactly.apply(new BigDecimal(String.valueOf(value)));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new CoercingSerializeException("not of type " + name, e);
    }
  }

  @Override
  public Number parseValue(Object value, GraphQLContext context, Locale locale) {
    if (value instanceof Number || value instanceof String) {
      try {
        return exactly.apply(new BigDecimal(String.valueOf(value)));
      } catch (ArithmeticException | NumberFormatException e) {
        throw new CoercingParseValueException("Expected a value of type '" + name + "'", e);
      }
    }
    throw new CoercingParseValueException(
        "Expected type [%s] but was [%s].".formatted(name, value.getClass().getSimpleName()));
  }

  @Override
  public Number parseLiteral(
      Value<?> value, CoercedVariables variables, GraphQLContext context, Locale locale) {
    try {
      if (value instanceof IntValue number) {
        return ofDigits.apply(number.getValue());
      }
      if (value instanceof FloatValue number) {
        return exactly.apply(number.getValue());
      }
      if (value instanceof StringValue text) {
        return exactly.apply(new BigDecimal(text.getValue()));
      }
    } catch (ArithmeticException | NumberFormatException e) {
      throw new CoercingParseLiteralException("Can not parse a number from [" + value + "]", e);
    }
    throw new CoercingParseLiteralException(
        "Expected AST type 'IntValue' or 'StringValue' but was '%s'."
            .formatted(value.getClass().getSimpleName()));
  }
}
