/** What is checked of {@code k8s/} without a cluster. */
package fr.opendamir.kubernetes;
