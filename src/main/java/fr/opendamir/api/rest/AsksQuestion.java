package fr.opendamir.api.rest;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The parameters of the address are a question, which is understood, and refused, as a whole. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AsksQuestion {}
