/**
 * The kinds of {@code bulkhead.dev/v1alpha1}, as the API server stores them; the definitions under {@code crds/} are made
 * from these types.
 *
 * <p>What an object leaves out is an empty list or map, the field's default where it has one, and null otherwise. Fields
 * that a type does not know are passed over; a value that an enum does not know does not decode. What the API server
 * checks is not checked here again: an object from elsewhere may be anything.
 */
package dev.bulkhead.api.v1alpha1;
