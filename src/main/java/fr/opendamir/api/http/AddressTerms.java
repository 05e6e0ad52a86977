package fr.opendamir.api.http;

import fr.opendamir.question.Argument;
import fr.opendamir.question.See;
import fr.opendamir.question.Terms;

/** The names of REST parameters and addresses. */
public class AddressTerms implements Terms {
  public static final Terms INSTANCE = new AddressTerms();

  protected AddressTerms() {}

  @Override
  public String name(Argument argument) {
    return argument.parameter();
  }

  @Override
  public String address(See see) {
    return see instanceof See.Codes codes
        ? "/v1/dimensions/" + codes.level().id() + "/codes"
        : "/v1/releases";
  }
}
