-- Each measure can be disclosed to another extent. Null where an import of an earlier version did not sum it.
ALTER TABLE control.import_loss
  ADD excess_fees bigint,
  ADD reimbursement_base bigint,
  ADD reimbursed_all bigint;
