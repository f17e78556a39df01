package dev.bulkhead.core.compile;

/**
 * Why a rule may not be carried out, whoever agrees to it.
 *
 * @param message names the guardrail and what it is for
 * @param tellsOfPeer whether it was found out from an object of another namespace, so that it may be told only once that
 *     end agreed
 */
record Prohibition(String message, boolean tellsOfPeer) {}
