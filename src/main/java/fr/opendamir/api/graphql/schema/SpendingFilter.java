package fr.opendamir.api.graphql.schema;

import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Input;

/** Conditions on dimensions, all of which must hold; filled in by the framework. */
@Input("SpendingFilter")
@Description("Conditions on dimensions and levels, all of which must hold")
public class SpendingFilter {
  @Description("Processing month")
  public MonthFilter month;

  @Description("Processing quarter")
  public PeriodFilter quarter;

  @Description("Processing year")
  public PeriodFilter year;

  @Description("Time from care to processing")
  public CodeFilter careLag;

  @Description("Region of residence of the beneficiary")
  public CodeFilter region;

  @Description("Age band of the beneficiary")
  public CodeFilter ageBand;

  @Description("Sex of the beneficiary")
  public CodeFilter sex;

  @Description("Type of service")
  public CodeFilter service;

  @Description("Group of services")
  public CodeFilter serviceGroup;

  @Description("Kind of spending")
  public CodeFilter serviceKind;

  @Description("Medical specialty of the provider")
  public CodeFilter providerSpecialty;

  @Description("Activity of the provider")
  public CodeFilter providerActivity;

  @Description("Reason for exemption from co-payment")
  public CodeFilter exemption;

  @Description("Group of exemption reasons")
  public CodeFilter exemptionGroup;

  @Description("Type of insurance")
  public CodeFilter insurance;

  @Description("Type of the facility that provided the service")
  public CodeFilter facilityType;

  @Description("Surcharge on the act")
  public CodeFilter supplement;

  @Description("Solidarity complementary cover of the beneficiary")
  public CodeFilter complementaryCover;
}
